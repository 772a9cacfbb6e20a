package dev.cortado.image.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Answers the compiler's questions about C types from a table, so that no C compiler is needed:
 * writes the directory that goes into {@code -H:CAPCacheDir}. The table's own comment describes its
 * format and where the facts are from.
 */
final class CTypeFacts {
    private static final String TABLE = "c-types.txt";

    private final Map<String, StringBuilder> contexts = new LinkedHashMap<>();
    private String context;
    private String struct;

    private CTypeFacts() {}

    /** Writes one {@code .cap} file a context into {@code directory}, which must exist. */
    static void writeTo(Path directory) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
    }

    /** The files' names and contents. */
    static Map<String, String> files() {
        CTypeFacts facts = new CTypeFacts();
        for (String line : table().replace("\\\n", " ").split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                facts.add(List.of(line.trim().split(" +")));
            }
        }
        Map<String, String> files = new LinkedHashMap<>();
        facts.contexts.forEach((name, text) -> files.put(name + ".cap", text.toString()));
        return files;
    }

    private static String table() {
        try (InputStream in = CTypeFacts.class.getResourceAsStream(TABLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(List<String> words) {
        String name = words.get(1);
        switch (words.getFirst()) {
            case "context" -> {
                context = name;
                contexts.put(name, new StringBuilder());
            }
            case "pointer" -> sized("PointerToInfo:" + name, words, 2);
            case "struct" -> {
                struct = "StructInfo:" + name;
                property(struct, "size", words.get(2));
            }
            case "field" -> field(name, words.get(2), words, 3);
            case "flags" -> uniform(name, words.subList(2, words.size()), 1, "unsigned");
            case "pointers" -> uniform(name, words.subList(2, words.size()), 8);
            case "enum" -> {
                String element = "EnumInfo:" + name;
                sized(element, List.of(words.get(2), "unsigned"), 0);
                for (int i = 3; i < words.size(); i++) {
                    constant(element + ":EnumConstantInfo:" + words.get(i), words.get(2), i - 3);
                }
            }
            case "constant" -> {
                long value = Long.parseLong(words.get(3), 16);
                constant("ConstantInfo:" + name, words.get(2), value);
            }
            default -> throw new IllegalStateException(TABLE + ": " + words);
        }
    }

    private void uniform(String name, List<String> fields, int size, String... signedness) {
        struct = "StructInfo:" + name;
        property(struct, "size", Integer.toString(fields.size() * size));
        List<String> type = new ArrayList<>(List.of(Integer.toString(size)));
        type.addAll(List.of(signedness));
        for (int i = 0; i < fields.size(); i++) {
            field(fields.get(i), Integer.toString(i * size), type, 0);
        }
    }

    private void constant(String element, String size, long value) {
        sized(element, List.of(size, "signed"), 0);
        property(element, "value", Long.toHexString(value));
    }

    private void field(String name, String offset, List<String> words, int size) {
        String element = struct + ":StructFieldInfo:" + name;
        property(element, "offset", offset);
        sized(element, words, size);
    }

    private void sized(String element, List<String> words, int size) {
        property(element, "size", words.get(size));
        if (words.size() > size + 1) {
            property(
                    element,
                    "signedness",
                    "$" + words.get(size + 1).toUpperCase(Locale.ROOT) + "$");
        }
    }

    private void property(String element, String property, String value) {
        contexts.get(context)
                .append(
                        "NativeCodeInfo:%s:%s:PropertyInfo:%s=%s\n"
                                .formatted(context, element, property, value));
    }
}
