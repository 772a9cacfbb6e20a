package dev.cortado.image.compile.patch;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A static method, written in Java, that changed code calls.
 *
 * @param owner the internal name of its class
 * @param types its descriptor
 */
record Hook(String owner, String name, String types) {
    /** Calls it with what is on the stack. */
    void call(MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, types, false);
    }

    /** Calls it with the receiver and the parameters of the method whose code it is. */
    void callWithParameters(MethodVisitor code) {
        int local = 0;
        for (Type parameter : Type.getArgumentTypes(types)) {
            code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), local);
            local += parameter.getSize();
        }
        call(code);
    }
}
