package dev.cortado.image.compile.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest extends PatchedJvm {
    private static final String SETS =
            """
            import java.util.Set;
            import java.util.stream.IntStream;

            class Program {
                public static void main(String[] arguments) {
                    Object[] numbers = IntStream.range(0, 100).boxed().toArray();
                    System.out.println(Set.of(numbers));
                }
            }
            """;

    private static final String MODULES =
            """
            import java.lang.module.ModuleFinder;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.jar.*;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    System.out.println(hashCodeIn("first") == hashCodeIn("second"));
                }

                static int hashCodeIn(String name) throws Exception {
                    Path directory = Files.createTempDirectory(name);
                    Path jar = directory.resolve("some.jar");
                    new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();
                    int code = ModuleFinder.of(jar).find("some").get().hashCode();
                    Files.delete(jar);
                    Files.delete(directory);
                    return code;
                }
            }
            """;

    /** Prints methods in the order in which reflection and the compiler see them. */
    private static final String METHODS =
            """
            import jdk.vm.ci.meta.MetaAccessProvider;
            import jdk.vm.ci.runtime.JVMCI;

            class Program {
                public static void main(String[] arguments) throws Exception {
                    MetaAccessProvider access =
                        JVMCI.getRuntime().getHostJVMCIBackend().getMetaAccess();
                    for (var method : java.util.Formatter.class.getDeclaredMethods()) {
                        System.out.println(method);
                    }
                    var type = access.lookupJavaType(java.text.DecimalFormat.class);
                    for (var method : type.getDeclaredMethods()) {
                        System.out.println("compiler: " + method.getName());
                    }
                }
            }
            """;

    @Test
    void setsHaveTheSameInEachRun() throws Exception {
        List<String> first = patched(SETS);
        assertEquals(first, patched(SETS));
        assertNotEquals(first, stock(SETS), "of itself it is chance");
    }

    @Test
    void modulesHaveTheSameHashCodeWhereverTheyAre() throws Exception {
        assertEquals(List.of("true"), patched(MODULES));
        assertEquals(List.of("false"), stock(MODULES));
    }

    @Test
    void methodsHaveTheSameInEachRun() throws Exception {
        List<String> first = patched(METHODS);
        assertEquals(first, patched(METHODS));
        List<String> compilers =
                first.stream().filter(line -> line.startsWith("compiler: ")).toList();
        assertFalse(compilers.isEmpty());
        assertEquals(compilers.stream().sorted().toList(), compilers);
    }
}
