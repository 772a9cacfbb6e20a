package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.Console;

/** The console is no terminal: it has no echo to switch off, so there is no {@link Console}. */
@TargetClass(Console.class)
final class Target_java_io_Console {
    private Target_java_io_Console() {}

    @Substitute
    private static int ttyStatus() {
        return 0;
    }
}
