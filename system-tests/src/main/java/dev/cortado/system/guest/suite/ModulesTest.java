package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import java.beans.PropertyEditor;
import java.beans.PropertyEditorManager;
import java.beans.XMLDecoder;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.List;
import javax.script.ScriptEngineManager;
import javax.script.SimpleBindings;
import javax.sql.RowSetMetaData;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetMetaDataImpl;
import javax.sql.rowset.RowSetProvider;
import javax.sql.rowset.serial.SerialClob;
import jdk.net.ExtendedSocketOptions;
import jdk.nio.mapmode.ExtendedMapMode;
import org.junit.jupiter.api.Test;

/** Classes of modules that a JVM resolves by itself, and java.base does not need. */
final class ModulesTest {
    @Test
    void httpClient() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://a/")).build();
        assertEquals("GET", request.method());
        assertNotNull(HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER));
    }

    @Test
    void httpServer() {
        assertEquals(List.of("b"), Headers.of("A", "b").get("a"));
    }

    @Test
    void rowSets() throws Exception {
        assertEquals(1, new SerialClob("x".toCharArray()).length());
        RowSetMetaData columns = new RowSetMetaDataImpl();
        columns.setColumnCount(1);
        columns.setColumnName(1, "number");
        columns.setColumnType(1, Types.INTEGER);
        CachedRowSet rows = RowSetProvider.newFactory().createCachedRowSet();
        rows.setMetaData(columns);
        rows.moveToInsertRow();
        rows.updateInt(1, 5);
        rows.insertRow();
        rows.moveToCurrentRow();
        rows.beforeFirst();
        assertTrue(rows.next());
        assertEquals(5, rows.getInt("number"));
    }

    @Test
    void editorsAndDecodersOfBeans() {
        PropertyEditor editor = PropertyEditorManager.findEditor(int.class);
        editor.setAsText("5");
        assertEquals(5, editor.getValue());
        String document = "<java class='java.beans.XMLDecoder'><string>text</string></java>";
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        try (XMLDecoder decoder = new XMLDecoder(new ByteArrayInputStream(bytes))) {
            assertEquals("text", decoder.readObject());
        }
    }

    @Test
    void scripting() {
        assertTrue(new SimpleBindings().isEmpty());
        assertEquals(List.of(), new ScriptEngineManager().getEngineFactories());
    }

    @Test
    void optionsOfSocketsAndFiles() {
        assertEquals("TCP_KEEPIDLE", ExtendedSocketOptions.TCP_KEEPIDLE.name());
        assertEquals("READ_ONLY_SYNC", ExtendedMapMode.READ_ONLY_SYNC.toString());
    }
}
