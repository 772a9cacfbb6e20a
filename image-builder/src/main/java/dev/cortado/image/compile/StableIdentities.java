package dev.cortado.image.compile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Lets identity hash codes come from {@code java.lang.StableIdentity}, whose source is in this
 * module's {@code src/base}: {@code System.identityHashCode} calls it, and so do the callers of
 * {@code Object.hashCode} that {@link StableHashCalls} changes.
 */
final class StableIdentities {
    static final String IDENTITY = "java/lang/StableIdentity";
    private static final String COUNTER = "stableIdentities";
    private static final String SYSTEM = "java/lang/System";
    private static final String IDENTITY_HASH_CODE = "identityHashCode";
    private static final String HASH_CODE = "hashCode";

    /** The VM's own method, with a parameter more; its code is found by its name alone. */
    private static final String NATIVE = "(Ljava/lang/Object;I)I";

    private StableIdentities() {}

    /** Writes classes for {@code java.base} into {@code directory}, after {@link StableOrder}. */
    static void writeTo(Path directory, Path javaHome) throws IOException {
        ClassChange.write(
                directory, IDENTITY, ClassChange.apply(compiled(), StableIdentities::callNative));
        byte[] type = ClassChange.ofDirectory(directory, "java/lang/Class");
        ClassChange.write(directory, "java/lang/Class", withCounter(type));
        byte[] system = ClassChange.ofJdk(javaHome, "java.base", SYSTEM);
        ClassChange.write(
                directory,
                SYSTEM,
                ClassChange.apply(
                        system, StableIdentities::replacing, StableIdentities::isReplaced));
    }

    private static byte[] compiled() throws IOException {
        String resource = "java.base/" + IDENTITY + ".class";
        try (InputStream in = StableIdentities.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }

    private static MethodVisitor callNative(String method, MethodVisitor code, Runnable changed) {
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String types, boolean isInterface) {
                if (owner.equals(SYSTEM) && name.equals(IDENTITY_HASH_CODE)) {
                    changed.run();
                    super.visitInsn(Opcodes.ICONST_0);
                    super.visitMethodInsn(opcode, owner, name, NATIVE, isInterface);
                } else {
                    super.visitMethodInsn(opcode, owner, name, types, isInterface);
                }
            }
        };
    }

    private static byte[] withCounter(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(writer, 0);
        int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_TRANSIENT;
        writer.visitField(access, COUNTER, "I", null, null).visitEnd();
        return writer.toByteArray();
    }

    private static ClassVisitor replacing(ClassVisitor writer) {
        return new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String types, String generic, String[] thrown) {
                if (!name.equals(IDENTITY_HASH_CODE)) {
                    return super.visitMethod(access, name, types, generic, thrown);
                }
                int ofNative = Opcodes.ACC_STATIC | Opcodes.ACC_NATIVE;
                super.visitMethod(ofNative, name, NATIVE, null, null).visitEnd();
                int ofJava = access & ~Opcodes.ACC_NATIVE;
                MethodVisitor code = super.visitMethod(ofJava, name, types, generic, thrown);
                code.visitCode();
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitMethodInsn(Opcodes.INVOKESTATIC, IDENTITY, HASH_CODE, types, false);
                code.visitInsn(Opcodes.IRETURN);
                code.visitMaxs(0, 0);
                code.visitEnd();
                return null;
            }
        };
    }

    private static MethodVisitor isReplaced(String method, MethodVisitor code, Runnable changed) {
        if (method.equals(IDENTITY_HASH_CODE)) {
            changed.run();
        }
        return code;
    }
}
