package dev.cortado.image.format.json;

import dev.cortado.image.format.bytes.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A descriptor in JSON, from whoever. */
public final class JsonDescriptor {
    private static final int MOST_BYTES = 1 << 20;

    private static final JsonMapper COMPACT =
            JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    private static final JsonMapper INDENTED =
            COMPACT.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonDescriptor() {}

    /** Text for people, members in the map's order. */
    public static byte[] indented(Map<String, ?> members) {
        return (INDENTED.writeValueAsString(members) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Text in one line, members in the map's order. */
    public static byte[] compact(Map<String, ?> members) {
        return COMPACT.writeValueAsBytes(members);
    }

    /** What a file has; empty if that is no object in JSON. */
    public static Optional<JsonNode> find(ByteSource file) {
        boolean isText = file.size() > 1 && file.size() <= MOST_BYTES;
        if (!isText || !Character.isWhitespace(first(file)) && first(file) != '{') {
            return Optional.empty();
        }
        try {
            byte[] text = file.bytes(0, (int) file.size(), "the text").array();
            return Optional.of(COMPACT.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /**
     * @throws dev.cortado.image.UserError if it is no object in JSON
     */
    public static JsonNode read(ByteSource file) {
        return find(file).orElseThrow(() -> file.damaged("it is no JSON, or too much"));
    }

    private static int first(ByteSource file) {
        return file.bytes(0, 1, "the text").get();
    }
}
