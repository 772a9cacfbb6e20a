package dev.cortado.image.compile;

import java.io.IOException;
import java.nio.file.Path;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes {@code Set.of} and {@code Map.of} iterate in the same order in each run of the compiler.
 * The JDK mixes the time of its start into that order. It does not matter to the guest, for which
 * native-image has a value of its own.
 */
final class StableIteration {
    private static final String TYPE = "java/util/ImmutableCollections";

    private StableIteration() {}

    /** Writes the class for {@code java.base} into {@code directory}. */
    static void writeTo(Path directory, Path javaHome) throws IOException {
        byte[] original = ClassChange.ofJdk(javaHome, "java.base", TYPE);
        ClassChange.write(
                directory, TYPE, ClassChange.apply(original, StableIteration::withoutTime));
    }

    private static MethodVisitor withoutTime(String method, MethodVisitor code, Runnable changed) {
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String types, boolean isInterface) {
                if (owner.equals("java/lang/System") && name.equals("nanoTime")) {
                    changed.run();
                    super.visitInsn(Opcodes.LCONST_1);
                } else {
                    super.visitMethodInsn(opcode, owner, name, types, isInterface);
                }
            }
        };
    }
}
