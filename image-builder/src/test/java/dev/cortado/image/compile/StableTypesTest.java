package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableTypesTest {
    /** Tells whether the garbage collector takes what the compiler knows of a class. */
    private static final String PROGRAM =
            """
            import java.lang.ref.WeakReference;
            import jdk.vm.ci.meta.MetaAccessProvider;
            import jdk.vm.ci.runtime.JVMCI;

            class Program {
                public static void main(String[] arguments) {
                    MetaAccessProvider access =
                        JVMCI.getRuntime().getHostJVMCIBackend().getMetaAccess();
                    var type = new WeakReference<>(access.lookupJavaType(Program.class));
                    System.gc();
                    System.out.println(type.refersTo(null) ? "taken" : "kept");
                }
            }
            """;

    @TempDir Path directory;

    @Test
    void theGarbageCollectorTakesNoTypes() throws Exception {
        JavaProgram program = new JavaProgram(directory, PROGRAM);
        Path patch = directory.resolve("patch");
        StableTypes.writeTo(patch, JavaProgram.HOME);
        List<String> options = List.of("--patch-module", StableHashing.MODULE + "=" + patch);
        assertEquals(List.of("kept"), program.run(options));
        assertEquals(List.of("taken"), program.run(List.of()), "without the change");
    }
}
