"""What makes one kind of world differ from another."""

from msgspec import Struct, structs

from demo.rng import Rng


class Shares(Struct, frozen=True):
    """Accounts of each role among a hundred; who is left only talks."""

    supplier: int = 12
    buyer: int = 26
    trader: int = 7
    reseller: int = 4
    copycat: int = 3
    spammer: int = 4
    focused: int = 0
    selfstyled: int = 2


class Scenario(Struct, frozen=True):
    """A kind of world; all numbers that are no pairs or counts are percents."""

    name: str
    about: str
    shares: Shares = Shares()
    brokers: tuple[int, int] = (4, 7)
    """Brokers among a hundred accounts: lowest and highest."""
    hubs: int = 3
    deals: tuple[int, int] = (3, 9)
    """Dealings of a broker: fewest and most."""
    sure: int = 2
    """Dealings of each broker that surely show on both sides."""
    openness: int = 60
    """How often a step of a dealing is written where others see it."""
    escrow: int = 14
    english: int = 10
    muted: tuple[str, ...] = ()
    client: int = 18
    forwards: int = 14
    introductions: int = 9
    recruits: int = 30
    dominant: int = 0
    socks: int = 4
    renamed: int = 4
    taken: int = 0
    both_platforms: int = 8
    telegram: int = 3
    qq: int = 1
    split: bool = False
    """Whether suppliers and buyers keep to venues of their own."""
    spam_answers: int = 12
    hub_sales: tuple[int, int] = (20, 34)
    lively: tuple[int, int] = (19, 25)
    """Messages an account, lowest and highest mean; talk never makes it more than 8,000 in all."""
    broker_chat: int = 60
    """How much brokers talk besides, against others."""

    def drawn(self, seed: int) -> "Scenario":
        """The scenario with its shares and percents shifted a little, by the seed."""
        rng = Rng("scenario", self.name, seed)

        def near(value: int, spread: int) -> int:
            shift = value * spread // 100
            return min(97, max(0, value + rng.between(-shift, shift))) if value else 0

        shares = Shares(
            **{key: near(value, 25) for key, value in structs.asdict(self.shares).items()}
        )
        return structs.replace(
            self,
            shares=shares,
            openness=near(self.openness, 12),
            escrow=near(self.escrow, 30),
            client=near(self.client, 40),
            forwards=near(self.forwards, 40),
            introductions=near(self.introductions, 40),
            english=near(self.english, 20),
        )
