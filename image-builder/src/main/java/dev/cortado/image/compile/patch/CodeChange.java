package dev.cortado.image.compile.patch;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What is done to the code of a class's methods, one after the other. */
interface CodeChange {
    /**
     * Gives what the method's code is sent through on its way to {@code code}; runs {@code changed}
     * for each thing that is done.
     */
    MethodVisitor apply(String method, MethodVisitor code, Runnable changed);

    /** Whether it writes all of a method's code, which may be native before. */
    default boolean replaces(String method) {
        return false;
    }

    /** Replaces calls of a method by calls of a hook with the same operands; not those by super. */
    static CodeChange replaceCall(String owner, String name, Hook hook) {
        return onCall(false, owner, name, (code, call) -> hook.call(code));
    }

    /** Replaces {@code super.name()} where {@code owner} is the superclass that declares it. */
    static CodeChange replaceSuperCall(String owner, String name, Hook hook) {
        return onCall(true, owner, name, (code, call) -> hook.call(code));
    }

    /** Sends what a method returns through a hook. */
    static CodeChange filterResult(String owner, String name, Hook hook) {
        return onCall(
                false,
                owner,
                name,
                (code, call) -> {
                    call.run();
                    hook.call(code);
                });
    }

    /** Lets a method, which may be native, only call a hook with its receiver and parameters. */
    static CodeChange replaceBody(String name, Hook hook) {
        return new BodyChange(name, hook);
    }

    /** Calls a hook with a method's receiver and parameters before the method's own code. */
    static CodeChange before(String name, Hook hook) {
        return (method, code, changed) ->
                !method.equals(name)
                        ? code
                        : new MethodVisitor(Opcodes.ASM9, code) {
                            @Override
                            public void visitCode() {
                                super.visitCode();
                                changed.run();
                                hook.callWithParameters(mv);
                            }
                        };
    }

    /**
     * Gives a constructor's parameter to a hook when the object is made.
     *
     * @param local the parameter's local variable: {@code this} is 0
     */
    static CodeChange atEndOfConstructor(int local, Hook hook) {
        return (method, code, changed) ->
                !method.equals("<init>")
                        ? code
                        : new MethodVisitor(Opcodes.ASM9, code) {
                            @Override
                            public void visitInsn(int opcode) {
                                if (opcode == Opcodes.RETURN) {
                                    changed.run();
                                    super.visitVarInsn(Opcodes.ALOAD, local);
                                    hook.call(mv);
                                }
                                super.visitInsn(opcode);
                            }
                        };
    }

    /** What stands in for a call; {@code call} writes the call itself. */
    interface CallChange {
        void write(MethodVisitor code, Runnable call);
    }

    private static CodeChange onCall(
            boolean bySuper, String callee, String called, CallChange change) {
        return (method, code, changed) ->
                new MethodVisitor(Opcodes.ASM9, code) {
                    @Override
                    public void visitMethodInsn(
                            int opcode,
                            String owner,
                            String name,
                            String types,
                            boolean isInterface) {
                        Runnable call =
                                () ->
                                        super.visitMethodInsn(
                                                opcode, owner, name, types, isInterface);
                        boolean isSuper = opcode == Opcodes.INVOKESPECIAL;
                        if (owner.equals(callee) && name.equals(called) && isSuper == bySuper) {
                            changed.run();
                            change.write(mv, call);
                        } else {
                            call.run();
                        }
                    }
                };
    }
}
