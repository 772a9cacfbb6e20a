package dev.cortado.image.compile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Lets the builder do all its work in its main thread, in the same order each time; see {@code
 * IdleExecutor} among the classes that replace the builder's.
 */
final class StableThreads {
    private static final String HOSTED = "com/oracle/svm/hosted/";
    private static final String RUNNER = HOSTED + "NativeImageGeneratorRunner";
    private static final String IDLE = HOSTED + "IdleExecutor";

    /** They print something from a thread of their own, once in a while. */
    private static final List<String> REPORTERS =
            List.of(
                    HOSTED + "ProgressReporter",
                    HOSTED + "ResourcesFeature$ResourceCollectorImpl",
                    HOSTED + "NativeImageClassLoaderSupport$LoadClassHandler");

    private StableThreads() {}

    /** Writes the changed classes into {@code directory}, to be patched into the builder. */
    static void writeTo(Path directory, List<Path> compilerJars) throws IOException {
        for (String type : REPORTERS) {
            byte[] original = ClassChange.ofJars(compilerJars, RUNNER, type);
            if (original.length > 0) {
                ClassChange.write(
                        directory, type, ClassChange.apply(original, StableThreads::withoutThread));
            }
        }
    }

    private static MethodVisitor withoutThread(
            String method, MethodVisitor code, Runnable changed) {
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String types, boolean isInterface) {
                if (name.equals("newSingleThreadScheduledExecutor")) {
                    changed.run();
                    super.visitMethodInsn(opcode, IDLE, "create", types, false);
                } else {
                    super.visitMethodInsn(opcode, owner, name, types, isInterface);
                }
            }
        };
    }
}
