package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.logging.XMLFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code java.util.logging}, with the JDK's configuration and with others. */
final class LoggingTest {
    @AfterEach
    void usualConfiguration() throws IOException {
        LogManager.getLogManager().readConfiguration();
    }

    @Test
    void theUsualConfigurationIsTheJdks() throws IOException {
        LogManager.getLogManager().readConfiguration();
        Logger root = Logger.getLogger("");
        assertEquals(Level.INFO, root.getLevel());
        assertEquals(1, root.getHandlers().length);
        assertEquals(ConsoleHandler.class, root.getHandlers()[0].getClass());
        assertEquals(
                "java.util.logging.SimpleFormatter",
                LogManager.getLogManager()
                        .getProperty("java.util.logging.ConsoleHandler.formatter"));
        LogManager.getLogManager().updateConfiguration(null);
    }

    @Test
    void anotherConfigurationTakesItsPlace() throws IOException {
        String text = ".level=FINE\na.b.level=SEVERE\n";
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(text.getBytes()));
        assertEquals(Level.FINE, Logger.getLogger("").getLevel());
        assertEquals(Level.SEVERE, Logger.getLogger("a.b").getLevel());
    }

    @Test
    void recordsReachTheirHandlers() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formatter formatter =
                new Formatter() {
                    @Override
                    public String format(LogRecord record) {
                        return record.getLevel() + " " + formatMessage(record) + "\n";
                    }
                };
        StreamHandler handler = new StreamHandler(out, formatter);
        handler.setLevel(Level.ALL);
        Logger logger = Logger.getLogger(LoggingTest.class.getName());
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.FINE);
        logger.addHandler(handler);
        logger.log(Level.FINE, "{0} and {1}", new Object[] {1, "two"});
        logger.finer("not this");
        logger.warning("this");
        handler.flush();
        logger.removeHandler(handler);
        assertEquals("FINE 1 and two\nWARNING this\n", out.toString());
        String xml = new XMLFormatter().format(new LogRecord(Level.INFO, "a < b"));
        assertTrue(xml.contains("<message>a &lt; b</message>"), xml);
        assertEquals(Level.WARNING, Level.parse(Level.WARNING.getLocalizedName()));
    }

    @Test
    void aFileThatCannotBeWrittenIsAnError() {
        assertThrows(IOException.class, () -> new FileHandler("/no/such/directory/log"));
    }
}
