package dev.cortado.image.compile;

import java.io.IOException;
import java.nio.file.Path;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes sets and maps iterate in the same order in each run of the compiler. The JDK mixes the time
 * of its start into that of {@code Set.of} and {@code Map.of}, which does not matter to the guest:
 * native-image has a value of its own for it. And sets of modules depend on where their jars are,
 * which is another place wherever Cortado is built or installed.
 */
final class StableIteration {
    private static final String COLLECTIONS = "java/util/ImmutableCollections";
    private static final String MODULE = "jdk/internal/module/ModuleReferenceImpl";
    private static final String HASH_CODE = "hashCode";

    private StableIteration() {}

    /** Writes the classes for {@code java.base} into {@code directory}. */
    static void writeTo(Path directory, Path javaHome) throws IOException {
        byte[] collections = ClassChange.ofJdk(javaHome, "java.base", COLLECTIONS);
        ClassChange.write(
                directory,
                COLLECTIONS,
                ClassChange.apply(collections, StableIteration::withoutTime));
        byte[] module = ClassChange.ofJdk(javaHome, "java.base", MODULE);
        ClassChange.write(
                directory, MODULE, ClassChange.apply(module, StableIteration::withoutPlace));
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

    /** Leaves the module's descriptor, which has its name and version. */
    private static MethodVisitor withoutPlace(String method, MethodVisitor code, Runnable changed) {
        if (!method.equals(HASH_CODE)) {
            return code;
        }
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String types, boolean isInterface) {
                if (owner.equals("java/util/Objects") && name.equals(HASH_CODE)) {
                    changed.run();
                    super.visitInsn(Opcodes.POP);
                    super.visitInsn(Opcodes.ICONST_0);
                } else {
                    super.visitMethodInsn(opcode, owner, name, types, isInterface);
                }
            }
        };
    }
}
