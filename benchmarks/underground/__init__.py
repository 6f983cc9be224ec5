"""An invented chat underground of any size, built to the averages that Trend Micro published."""
