package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Writes what metadata a reflective access lacks, for the exception's message; here without {@link
 * java.util.Formatter}, see {@link Target_jdk_internal_util_Preconditions}.
 */
@TargetClass(className = "jdk.graal.compiler.util.json.JsonWriter")
final class Target_jdk_graal_compiler_util_json_JsonWriter {
    private Target_jdk_graal_compiler_util_json_JsonWriter() {}

    @Substitute
    private static String quoteString(String text) {
        return text == null ? "null" : JsonText.quote(text);
    }
}
