package dev.cortado.image.compile.patch;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Lets a method only call a hook with its receiver and parameters. */
record BodyChange(String method, Hook hook) implements CodeChange {
    @Override
    public boolean replaces(String name) {
        return name.equals(method);
    }

    @Override
    public MethodVisitor apply(String name, MethodVisitor code, Runnable changed) {
        if (!replaces(name)) {
            return code;
        }
        changed.run();
        code.visitCode();
        int local = 0;
        for (Type parameter : Type.getArgumentTypes(hook.types())) {
            code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), local);
            local += parameter.getSize();
        }
        hook.call(code);
        code.visitInsn(Type.getReturnType(hook.types()).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
        return null;
    }
}
