package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;
import java.util.Map;

/** A guest is one program; it starts no others. */
@TargetClass(className = "java.lang.ProcessImpl")
@SuppressWarnings("unused")
final class Target_java_lang_ProcessImpl {
    private Target_java_lang_ProcessImpl() {}

    @Substitute
    private static void init() {}

    @Substitute
    static Process start(
            String[] command,
            Map<String, String> environment,
            String directory,
            ProcessBuilder.Redirect[] redirects,
            boolean redirectErrorStream)
            throws IOException {
        throw new IOException("no other processes in this image");
    }
}
