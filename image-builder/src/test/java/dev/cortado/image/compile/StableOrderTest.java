package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableOrderTest {
    /** Prints methods in the order in which reflection and the compiler see them. */
    private static final String PROGRAM =
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

    @TempDir Path directory;

    @Test
    void methodsComeInTheSameOrderInEachRun() throws Exception {
        JavaProgram program = new JavaProgram(directory, PROGRAM);
        Path base = directory.resolve("base");
        Path compilerInterface = directory.resolve("compiler-interface");
        StableOrder.writeBase(base, JavaProgram.HOME);
        StableOrder.writeCompilerInterface(compilerInterface, JavaProgram.HOME);
        List<String> options =
                List.of(
                        "--patch-module", "java.base=" + base,
                        "--patch-module", StableHashing.MODULE + "=" + compilerInterface);
        List<String> first = program.run(options);
        assertEquals(first, program.run(options));
        List<String> compilers =
                first.stream().filter(line -> line.startsWith("compiler: ")).toList();
        assertFalse(compilers.isEmpty());
        assertEquals(compilers.stream().sorted().toList(), compilers);
    }
}
