package dev.cortado.image.inspect;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What there is to know about an image, for machines: a document as {@code inspection.schema.json},
 * beside this class, describes it.
 */
public final class JsonReport {
    private static final JsonMapper COMPACT =
            JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    private static final JsonMapper INDENTED =
            COMPACT.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** The document, indented, with a line end at its end. */
    public String render(Inspection inspection) {
        return INDENTED.writeValueAsString(InspectionDocument.of(inspection)) + "\n";
    }

    /** The document in one line, for an HTML page's script element, which no text of it ends. */
    static String embed(InspectionDocument document) {
        return COMPACT.writeValueAsString(document).replace("<", "\\u003c");
    }
}
