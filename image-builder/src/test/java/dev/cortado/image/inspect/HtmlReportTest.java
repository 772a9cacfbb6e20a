package dev.cortado.image.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.image.SideFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">([^<]*)</script>");

    @TempDir Path directory;
    private Path image;

    @BeforeEach
    void write() throws IOException {
        image = InspectedImage.write(directory);
    }

    private String report() {
        return new HtmlReport().render(new Inspector().inspect(image));
    }

    private static JsonNode data(String html) throws IOException {
        Matcher matcher = DATA.matcher(html);
        assertTrue(matcher.find());
        return new JsonMapper().readTree(matcher.group(1));
    }

    @Test
    void needsNothingFromElsewhere() {
        String html = report();
        assertFalse(Pattern.compile("https?:|src=|href=|@import|url\\(").matcher(html).find());
        assertFalse(html.contains("{{"), "a place was not filled in");
    }

    @Test
    void hasTheSameDocumentAsTheReportForMachines() throws IOException {
        String json = new JsonReport().render(new Inspector().inspect(image));
        JsonNode data = data(report());
        assertEquals(new JsonMapper().readTree(json), data);
        assertEquals("jdk", data.at("/sizes/code/packages/0/origin").asText());
    }

    @Test
    void theTablesSayTheSame() {
        String html = report();
        assertTrue(html.contains("<td class=\"name\">java.util.HashMap$Node</td>"));
        assertTrue(html.contains("<td class=\"name\">com.oracle.svm.core</td>"));
        assertTrue(html.contains("<code>/srv/site</code>"));
        assertTrue(html.contains("<td class=\"name\">System.out is reachable</td>"));
        assertTrue(
                html.contains(
                        "<code>example.Hello.main \u2192 java.net.Socket.&lt;init&gt; \u2192 ..."
                                + " \u2192 example.Card.open</code>"),
                html);
        assertTrue(html.contains("<td class=\"name\">example.Hello, example.Util</td>"));
    }

    @Test
    void escapesNames() throws IOException {
        String name = "</script><b>\\\"&$1";
        String quoted = new JsonMapper().writeValueAsString(name);
        Files.writeString(SideFiles.sizes(image), "{\"code\":{" + quoted + ":7},\"heap\":{}}");
        String html = report();
        assertFalse(html.contains("<b>\\"));
        assertTrue(html.contains("&lt;/script&gt;&lt;b&gt;\\&quot;&amp;$1"));
        assertEquals(name, data(html).at("/sizes/code/classes/0/name").asText());
    }

    @Test
    void worksWithoutSizes() throws IOException {
        Files.delete(SideFiles.sizes(image));
        assertTrue(report().contains("are unknown"));
    }
}
