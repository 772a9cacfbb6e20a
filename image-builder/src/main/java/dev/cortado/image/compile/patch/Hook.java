package dev.cortado.image.compile.patch;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A static method, written in Java, that changed code calls.
 *
 * @param owner the internal name of its class
 * @param types its descriptor
 */
record Hook(String owner, String name, String types) {
    void call(MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, types, false);
    }
}
