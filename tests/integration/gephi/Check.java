import java.io.File;
import java.util.Arrays;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.graph.api.TimeRepresentation;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/** Opens a file with Gephi's own importer and prints what arrived, a fact a line, tab-separated. */
public class Check {
  public static void main(String[] args) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(args[0]));
    container.closeLoader();
    for (Issue issue : (Iterable<Issue>) () -> container.getReport().getIssues(1000)) {
      line("issue", issue.getLevel(), issue.getMessage());
    }
    line("container", container.getUnloader().getNodeCount(), container.getUnloader().getEdgeCount());
    importer.process(container, new DefaultProcessor(), workspace);
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
    Graph graph = model.getGraph();
    line("workspace", graph.getNodeCount(), graph.getEdgeCount());
    line("kind", model.isDirected() ? "directed" : "mixed", model.isDynamic() ? "dynamic" : "static");
    columns("node", model.getNodeTable());
    columns("edge", model.getEdgeTable());
    for (Node node : graph.getNodes().toArray()) {
      line("label", node.getId(), node.getLabel());
      line("place", node.getId(), node.x(), node.y());
      element("node", node, model.getNodeTable());
      line("size", node.getId(), node.size());
      line("color", node.getId(), node.getColor().getRed(), node.getColor().getGreen(), node.getColor().getBlue());
    }
    for (Edge edge : graph.getEdges().toArray()) {
      line("edge", edge.getId(), edge.getSource().getId(), edge.getTarget().getId(), edge.getTypeLabel(), edge.getWeight());
      element("edge", edge, model.getEdgeTable());
    }
  }

  private static void element(String owner, Element element, Table table) {
    // A table whose texts look like times makes the workspace one of timestamps.
    boolean intervals =
        table.getGraph().getModel().getConfiguration().getTimeRepresentation() == TimeRepresentation.INTERVAL;
    Interval[] times = intervals ? element.getIntervals() : null;
    for (Interval time : times == null ? new Interval[0] : times) {
      line("time", owner, element.getId(), time.getLow(), time.getHigh());
    }
    for (Column column : table.toArray()) {
      Object value = element.getAttribute(column);
      if (value != null && !column.isProperty()) {
        String shown = value instanceof Object[] ? Arrays.toString((Object[]) value) : String.valueOf(value);
        line("value", owner, element.getId(), column.getId(), shown);
      }
    }
  }

  private static void columns(String owner, Table table) {
    for (Column column : table.toArray()) {
      line("column", owner, column.getId(), column.getTypeClass().getSimpleName(), column.getTitle());
    }
  }

  private static void line(Object... cells) {
    StringBuilder text = new StringBuilder();
    for (Object cell : cells) {
      String shown = String.valueOf(cell).replaceAll("[\t\n\r]", " ");
      text.append(text.length() == 0 ? "" : "\t").append(shown);
    }
    System.out.println(text);
  }
}
