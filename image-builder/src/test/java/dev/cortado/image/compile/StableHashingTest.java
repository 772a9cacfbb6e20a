package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableHashingTest {
    /** Prints hash codes of methods and of a hidden class, as the compiler sees them. */
    private static final String PROGRAM =
            """
            import jdk.vm.ci.meta.MetaAccessProvider;
            import jdk.vm.ci.runtime.JVMCI;

            class Program {
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

    @TempDir Path directory;

    @Test
    void hashCodesAreTheSameInEachRun() throws Exception {
        JavaProgram program = new JavaProgram(directory, PROGRAM);
        Path patch = directory.resolve("patch");
        StableHashing.writeTo(patch, JavaProgram.HOME);
        List<String> options = List.of("--patch-module", StableHashing.MODULE + "=" + patch);
        List<String> first = program.run(options);
        assertEquals(first, program.run(options));
        assertEquals(Integer.toString("[I".hashCode()), first.get(1));
        assertNotEquals(first, program.run(List.of()), "without the change they are addresses");
    }
}
