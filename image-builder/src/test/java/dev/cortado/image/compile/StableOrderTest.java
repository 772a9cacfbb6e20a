package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableOrderTest {
    /** Prints methods in the order in which reflection and the compiler see them. */
    private static final String PROGRAM =
            """
            import jdk.vm.ci.meta.MetaAccessProvider;
            import jdk.vm.ci.runtime.JVMCI;

            class Methods {
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

    private static final Path HOME = Path.of(System.getProperty("java.home"));

    @TempDir Path directory;

    @Test
    void methodsComeInTheSameOrderInEachRun() throws Exception {
        Path program = Files.writeString(directory.resolve("Methods.java"), PROGRAM);
        Path base = directory.resolve("base");
        Path compilerInterface = directory.resolve("compiler-interface");
        StableOrder.writeBase(base, HOME);
        StableOrder.writeCompilerInterface(compilerInterface, HOME);
        String[] options = {
            "--patch-module", "java.base=" + base,
            "--patch-module", StableHashing.MODULE + "=" + compilerInterface
        };
        List<String> first = run(program, options);
        assertEquals(first, run(program, options));
        List<String> compilers =
                first.stream().filter(line -> line.startsWith("compiler: ")).toList();
        assertFalse(compilers.isEmpty());
        assertEquals(compilers.stream().sorted().toList(), compilers);
    }

    private List<String> run(Path program, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/java").toString()));
        command.addAll(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI"));
        command.addAll(List.of("-XX:-UseJVMCICompiler", "--add-modules", StableHashing.MODULE));
        command.addAll(List.of(options));
        for (String packageName : List.of("meta", "runtime")) {
            String exported = StableHashing.MODULE + "/jdk.vm.ci." + packageName + "=ALL-UNNAMED";
            command.addAll(List.of("--add-exports", exported));
        }
        command.add(program.toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectError(directory.resolve("errors").toFile())
                        .start();
        List<String> lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(directory.resolve("errors")));
        }
        return lines;
    }
}
