package dev.cortado.image.compile.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeakReferencesTest {
    private static final String METHOD_TYPES =
            """
            import java.lang.invoke.MethodType;
            import java.lang.ref.WeakReference;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    WeakReference<Object> type = new WeakReference<>(type());
                    System.gc();
                    System.out.println(type.get() != null);
                }

                static MethodType type() {
                    return MethodType.methodType(Program.class, int[].class, long[].class);
                }
            }
            """;

    /** Tells whether the garbage collector takes what the compiler knows of a class. */
    private static final String TYPES =
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

    @TempDir static Path directory;
    private static List<String> patched;

    @BeforeAll
    static void patch() throws IOException {
        patched = JavaProgram.patched(directory);
    }

    @Test
    void methodTypesAreNoGarbage() throws Exception {
        JavaProgram program = new JavaProgram(directory, METHOD_TYPES);
        assertEquals(List.of("true"), program.run(patched));
        assertEquals(List.of("false"), program.run(JavaProgram.STOCK));
    }

    @Test
    void whatTheCompilerKnowsOfClassesIsNoGarbage() throws Exception {
        JavaProgram program = new JavaProgram(directory, TYPES);
        assertEquals(List.of("kept"), program.run(patched));
        assertEquals(List.of("taken"), program.run(JavaProgram.STOCK));
    }
}
