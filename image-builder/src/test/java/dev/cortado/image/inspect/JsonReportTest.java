package dev.cortado.image.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cortado.image.format.Conversion;
import dev.cortado.image.format.OutputFormat;
import dev.cortado.image.image.SideFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {
    @TempDir Path directory;
    private Path image;
    private Schema schema;

    @BeforeEach
    void prepare() throws IOException {
        image = InspectedImage.write(directory);
        schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(JsonReport.class.getResourceAsStream("inspection.schema.json"));
    }

    private JsonNode report() throws IOException {
        JsonNode document =
                new JsonMapper().readTree(new JsonReport().render(new Inspector().inspect(image)));
        assertEquals(List.of(), schema.validate(document));
        return document;
    }

    @Test
    void isAsTheSchemaSays() throws IOException {
        assertEquals("compiler", report().at("/sizes/source").asText());
        Files.delete(SideFiles.sizes(image));
        assertEquals("none", report().at("/sizes/source").asText());
    }

    @Test
    void tellsOfADisk() throws IOException {
        image = InspectedImage.writeDisk(directory);
        JsonNode document = report();
        assertEquals("disk", document.at("/format").asText());
        assertEquals("bios", document.at("/bootProtocols/0").asText());
        assertEquals("", document.at("/commandLine").asText("none"));
        assertEquals(0, document.at("/containers").size());
    }

    @Test
    void tellsOfWhatADiskIsIn() throws IOException {
        Path disk = InspectedImage.writeDisk(directory);
        image = directory.resolve("app.ova");
        Conversion.convert(disk, OutputFormat.OVA, image);
        JsonNode containers = report().at("/containers");
        assertEquals("ova", containers.path(0).asText());
        assertEquals("vmdk-stream", containers.path(1).asText());
    }

    @Test
    void theSchemaRefusesOtherDocuments() throws IOException {
        for (String json : new String[] {"{}", "[]", "{\"schemaVersion\":1}"}) {
            assertEquals(false, schema.validate(new JsonMapper().readTree(json)).isEmpty());
        }
    }

    @Test
    void hasWhatTheImageHas() throws IOException {
        JsonNode document = report();
        assertEquals(Files.size(image), document.at("/size").asLong());
        assertEquals("pvh", document.at("/bootProtocols/0").asText());
        assertEquals("0x200000", document.at("/segments/0/virtualAddress").asText());
        assertEquals("example.Hello", document.at("/manifest/mainClass").asText());
        assertEquals("PHYS32_ENTRY", document.at("/bootNotes/0/name").asText());
        assertTrue(document.at("/commandLine").isMissingNode());
        assertEquals("serial", document.at("/manifest/drivers/0/name").asText());
        assertTrue(document.at("/manifest/drivers/0/calls").isMissingNode());
        assertEquals("example.Hello.main", document.at("/manifest/drivers/1/calls/0").asText());
        assertEquals("example.Lib.open", document.at("/manifest/natives/0/method").asText());
        assertEquals("example.Util", document.at("/manifest/natives/0/callers/1").asText());
        assertEquals(0, document.at("/manifest/natives/1/callers").size());
        assertEquals("/srv/site", document.at("/manifest/files/0/path").asText());
        assertEquals(7890, document.at("/manifest/files/0/bytes").asLong());
        assertEquals(4650, document.at("/sizes/code/bytes").asLong());
        assertEquals("java.util", document.at("/sizes/code/packages/0/name").asText());
        assertEquals(9, document.at("/sizes/heap/classes/0/count").asLong());
    }
}
