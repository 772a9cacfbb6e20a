package dev.cortado.image.compile.patch;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Lets {@code System.identityHashCode} call {@code StableIdentity}, which needs the VM's own one. A
 * native method's code is found by its name alone: the VM's gets a parameter more.
 */
final class IdentityHashCode {
    static final String SYSTEM = "java/lang/System";
    private static final String NAME = "identityHashCode";
    private static final String NATIVE_TYPES = "(Ljava/lang/Object;I)I";
    private static final String COUNTER = "stableIdentities";

    private static final Hook HOOK =
            new Hook("java/lang/StableIdentity", "hashCode", "(Ljava/lang/Object;)I");

    private IdentityHashCode() {}

    /** In {@code StableIdentity}: calls of the VM's method. */
    static MethodVisitor callNative(String method, MethodVisitor code, Runnable changed) {
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String types, boolean isInterface) {
                if (owner.equals(SYSTEM) && name.equals(NAME)) {
                    changed.run();
                    super.visitInsn(Opcodes.ICONST_0);
                    super.visitMethodInsn(opcode, owner, name, NATIVE_TYPES, isInterface);
                } else {
                    super.visitMethodInsn(opcode, owner, name, types, isInterface);
                }
            }
        };
    }

    /** In {@code System}: the method itself. */
    static CodeChange callHook() {
        return CodeChange.replaceBody(NAME, HOOK);
    }

    /** Adds the VM's method to {@code System}. */
    static ClassVisitor withNative(ClassVisitor writer) {
        return new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visitEnd() {
                int access = Opcodes.ACC_STATIC | Opcodes.ACC_NATIVE;
                visitMethod(access, NAME, NATIVE_TYPES, null, null).visitEnd();
                super.visitEnd();
            }
        };
    }

    /** Adds the number of a class's objects that have a hash code to {@code Class}. */
    static ClassVisitor withCounter(ClassVisitor writer) {
        return new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visitEnd() {
                int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_TRANSIENT;
                visitField(access, COUNTER, "I", null, null).visitEnd();
                super.visitEnd();
            }
        };
    }
}
