package dev.cortado.runtime.configuration.yaml;

import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.Limits;
import java.util.Iterator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a document of YAML or JSON. */
public final class YamlDocument {
    private YamlDocument() {}

    /**
     * Reads a text that is one document.
     *
     * @param name of the document, for messages
     * @return null if there is nothing in it
     * @throws ConfigurationException it is no YAML, or too large, too deep or of too many nodes
     */
    public static YamlNode parse(String text, String name) throws ConfigurationException {
        if (text.length() > Limits.DOCUMENT_BYTES) {
            throw new ConfigurationException(
                    name, "more than " + Limits.DOCUMENT_BYTES + " characters");
        }
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(name)
                        .setCodePointLimit(Limits.DOCUMENT_BYTES)
                        .build();
        TreeBuilder tree = new TreeBuilder(name);
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            while (events.hasNext()) {
                tree.take(events.next());
            }
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark().map(YamlDocument::line).orElse("");
            throw new ConfigurationException(name + line, firstLine(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new ConfigurationException(name, firstLine(e.getMessage()));
        } catch (NumberFormatException e) {
            // The parser's own, of \U and digits that are no number of a character.
            throw new ConfigurationException(
                    name, "a character that there is not: " + e.getMessage());
        }
        return tree.root();
    }

    private static String line(Mark mark) {
        return ", line " + (mark.getLine() + 1);
    }

    private static String firstLine(String message) {
        return message == null ? "it is no YAML" : message.lines().findFirst().orElse(message);
    }
}
