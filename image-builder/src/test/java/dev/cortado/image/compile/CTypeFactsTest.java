package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CTypeFactsTest {
    private static final String JNI = "NativeCodeInfo:JNIHeaderDirectives:";

    @Test
    void writesAFileForEachContextThatTheCompilerAsksFor(@TempDir Path directory)
            throws IOException {
        CTypeFacts.writeTo(directory);
        for (String context :
                Set.of(
                        "AMD64LibCHelperDirectives",
                        "AArch64LibCHelperDirectives",
                        "RISCV64LibCHelperDirectives",
                        "BuiltinDirectives",
                        "LocaleDirectives",
                        "JNIHeaderDirectives")) {
            assertTrue(Files.size(directory.resolve(context + ".cap")) > 0, context);
        }
    }

    /** JNI specification 24, chapter 4: "Interface Function Table" gives each function's index. */
    @Test
    void jniFunctionsAreWhereTheSpecificationPutsThem() {
        Map<String, String> facts = facts();
        String table = JNI + "StructInfo:struct_JNINativeInterface_:";
        Map<String, Integer> indexes =
                Map.of(
                        "GetVersion", 4,
                        "FindClass", 6,
                        "CallObjectMethod", 34,
                        "NewStringUTF", 167,
                        "RegisterNatives", 215,
                        "GetObjectRefType", 232,
                        "GetModule", 233,
                        "IsVirtualThread", 234,
                        "GetStringUTFLengthAsLong", 235);
        indexes.forEach((function, index) ->
                assertEquals(
                        Integer.toString(index * 8),
                        facts.get(table + "StructFieldInfo:" + function + ":PropertyInfo:offset"),
                        function));
        assertEquals("1888", facts.get(table + "PropertyInfo:size"));
    }

    @Test
    void valuesAreHexadecimalAndSized() {
        Map<String, String> facts = facts();
        assertEquals("ffffffff", facts.get(JNI + "ConstantInfo:JNI_ERR:PropertyInfo:value"));
        assertEquals("a0000", facts.get(JNI + "ConstantInfo:JNI_VERSION_10:PropertyInfo:value"));
        String kind = JNI + "EnumInfo:jobjectRefType:";
        assertEquals(
                "3", facts.get(kind + "EnumConstantInfo:JNIWeakGlobalRefType:PropertyInfo:value"));
    }

    @Test
    void fieldsOfStructuresDoNotOverlap() {
        Map<String, String> facts = facts();
        String end = ":PropertyInfo:offset";
        Set<String> fields =
                facts.keySet().stream()
                        .filter(key -> key.endsWith(end) && !key.contains(":jvalue:"))
                        .map(key -> key.substring(0, key.length() - end.length()))
                        .collect(Collectors.toSet());
        Map<String, TreeMap<Integer, Integer>> structs = new TreeMap<>();
        for (String field : fields) {
            String struct = field.substring(0, field.indexOf(":StructFieldInfo:"));
            structs.computeIfAbsent(struct, key -> new TreeMap<>())
                    .put(number(facts, field + end), number(facts, field + ":PropertyInfo:size"));
        }
        long seen = 0;
        for (var struct : structs.entrySet()) {
            int free = 0;
            for (var field : struct.getValue().entrySet()) {
                assertTrue(field.getKey() >= free, struct.getKey() + " at " + field.getKey());
                free = field.getKey() + field.getValue();
                seen++;
            }
            assertTrue(free <= number(facts, struct.getKey() + ":PropertyInfo:size"));
        }
        assertEquals(fields.size(), seen, "two fields have the same offset");
    }

    private static int number(Map<String, String> facts, String key) {
        return Integer.parseInt(facts.get(key));
    }

    private static Map<String, String> facts() {
        return CTypeFacts.files().values().stream()
                .flatMap(String::lines)
                .map(line -> line.split("="))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }
}
