package dev.cortado.image.compile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Keeps the entries of the JDK's tables of weak references, method types above all, with {@code
 * java.lang.StableReferences}, whose source is in this module's {@code src/base}. An image contains
 * such a table too, and a substitution in the guest makes the call one that does nothing there.
 */
final class StableReferences {
    private static final String REFERENCES = "java/lang/StableReferences";
    private static final String KEY = "jdk/internal/util/WeakReferenceKey";
    private static final String PARENT = "java/lang/ref/WeakReference";

    private StableReferences() {}

    /** Writes classes for {@code java.base} into {@code directory}. */
    static void writeTo(Path directory, Path javaHome) throws IOException {
        for (String type : new String[] {REFERENCES, REFERENCES + "$Kept"}) {
            try (InputStream in =
                    StableReferences.class.getResourceAsStream("java.base/" + type + ".class")) {
                ClassChange.write(directory, type, in.readAllBytes());
            }
        }
        byte[] key = ClassChange.ofJdk(javaHome, "java.base", KEY);
        ClassChange.write(directory, KEY, ClassChange.apply(key, StableReferences::keeping));
    }

    private static MethodVisitor keeping(String method, MethodVisitor code, Runnable changed) {
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String types, boolean isInterface) {
                super.visitMethodInsn(opcode, owner, name, types, isInterface);
                if (owner.equals(PARENT) && name.equals("<init>")) {
                    changed.run();
                    super.visitVarInsn(Opcodes.ALOAD, 1);
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            REFERENCES,
                            "keep",
                            "(Ljava/lang/Object;)V",
                            false);
                }
            }
        };
    }
}
