package dev.cortado.image.compile.patch;

import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Lets a method only call a hook with its receiver and parameters. */
record BodyChange(String method, Hook hook) implements CodeChange {
    /** With it, HotSpot would not run the new body. */
    private static final String INTRINSIC = "Ljdk/internal/vm/annotation/IntrinsicCandidate;";

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
        return new MethodVisitor(Opcodes.ASM9) {
            /**
             * A substitution is one by its annotation; what the JVM has instructions for is not.
             */
            @Override
            public AnnotationVisitor visitAnnotation(String types, boolean visible) {
                return types.equals(INTRINSIC) ? null : code.visitAnnotation(types, visible);
            }

            @Override
            public void visitEnd() {
                write(code);
            }
        };
    }

    private void write(MethodVisitor code) {
        code.visitCode();
        hook.callWithParameters(code);
        code.visitInsn(Type.getReturnType(hook.types()).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
