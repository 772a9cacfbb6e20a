package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableHashingTest {
    /** Prints hash codes of methods and of a hidden class, as the compiler sees them. */
    private static final String PROGRAM =
            """
            import jdk.vm.ci.meta.MetaAccessProvider;
            import jdk.vm.ci.runtime.JVMCI;

            class Hashes {
                public static void main(String[] arguments) throws Exception {
                    MetaAccessProvider access =
                        JVMCI.getRuntime().getHostJVMCIBackend().getMetaAccess();
                    Runnable hidden = () -> {};
                    System.out.println(access.lookupJavaType(hidden.getClass()).hashCode());
                    System.out.println(access.lookupJavaType(int[].class).hashCode());
                    for (var method : Object.class.getMethods()) {
                        System.out.println(
                            method.getName() + access.lookupJavaMethod(method).hashCode());
                    }
                }
            }
            """;

    private static final Path HOME = Path.of(System.getProperty("java.home"));

    @TempDir Path directory;

    @Test
    void hashCodesAreTheSameInEachRun() throws Exception {
        Path program = Files.writeString(directory.resolve("Hashes.java"), PROGRAM);
        Path patch = directory.resolve("patch");
        StableHashing.writeTo(patch, HOME);
        String option = StableHashing.MODULE + "=" + patch;
        List<String> first = run(program, "--patch-module", option);
        assertEquals(first, run(program, "--patch-module", option));
        assertEquals(Integer.toString("[I".hashCode()), first.get(1));
        assertNotEquals(first, run(program), "without the change they are addresses");
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
