package dev.cortado.image.compile;

import java.io.IOException;
import java.nio.file.Path;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Keeps what the JDK's compiler interface knows of a class. It holds that weakly, and makes it anew
 * when the garbage collector has taken it; then it has another identity hash code, and so have all
 * objects that come after it, at a time that is chance.
 */
final class StableTypes {
    private static final String TYPE = "jdk/vm/ci/hotspot/HotSpotJVMCIRuntime$KlassWeakReference";
    private static final String REFERENT = "jdk/vm/ci/hotspot/HotSpotResolvedObjectTypeImpl";
    private static final String FIELD = "cortadoKeeps";

    /** The constructor's second parameter; {@code this} is 0, a pointer as a Long is 1. */
    private static final int REFERENT_PARAMETER = 2;

    private StableTypes() {}

    /** Writes the class for {@code jdk.internal.vm.ci} into {@code directory}. */
    static void writeTo(Path directory, Path javaHome) throws IOException {
        byte[] original = ClassChange.ofJdk(javaHome, StableHashing.MODULE, TYPE);
        ClassChange.write(
                directory,
                TYPE,
                ClassChange.apply(original, StableTypes::withField, StableTypes::keepReferent));
    }

    private static ClassVisitor withField(ClassVisitor writer) {
        return new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visitEnd() {
                visitField(Opcodes.ACC_PRIVATE, FIELD, "L" + REFERENT + ";", null, null).visitEnd();
                super.visitEnd();
            }
        };
    }

    private static MethodVisitor keepReferent(String method, MethodVisitor code, Runnable changed) {
        if (!method.equals("<init>")) {
            return code;
        }
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == Opcodes.RETURN) {
                    changed.run();
                    super.visitVarInsn(Opcodes.ALOAD, 0);
                    super.visitVarInsn(Opcodes.ALOAD, REFERENT_PARAMETER);
                    super.visitFieldInsn(Opcodes.PUTFIELD, TYPE, FIELD, "L" + REFERENT + ";");
                }
                super.visitInsn(opcode);
            }
        };
    }
}
