package dev.cortado.image.compile.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeakReferencesTest extends PatchedJvm {
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

    @Test
    void methodTypesAreNoGarbage() throws Exception {
        assertEquals(List.of("true"), patched(METHOD_TYPES));
        assertEquals(List.of("false"), stock(METHOD_TYPES));
    }

    @Test
    void whatTheCompilerKnowsOfClassesIsNoGarbage() throws Exception {
        assertEquals(List.of("kept"), patched(TYPES));
        assertEquals(List.of("taken"), stock(TYPES));
    }
}
