package dev.cortado.image.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What there is to know about an image, for machines: a document as {@code inspection.schema.json},
 * beside this class, describes it.
 */
public final class JsonReport {
    private static final JsonMapper INDENTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final JsonMapper COMPACT = new JsonMapper();

    /** The document, indented, with a line end at its end. */
    public String render(Inspection inspection) {
        return write(INDENTED, InspectionDocument.of(inspection)) + "\n";
    }

    /** The document in one line, for an HTML page's script element, which no text of it ends. */
    static String embed(InspectionDocument document) {
        return write(COMPACT, document).replace("<", "\\u003c");
    }

    private static String write(JsonMapper mapper, InspectionDocument document) {
        try {
            return mapper.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of strings and numbers", e);
        }
    }
}
