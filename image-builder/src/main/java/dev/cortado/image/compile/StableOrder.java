package dev.cortado.image.compile;

import java.io.IOException;
import java.nio.file.Path;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes reflection and the JDK's compiler interface list a class's methods by name. The JVM lists
 * them by the addresses of their names, in another order in each run, and the compiler works them
 * off in that order.
 *
 * <p>The classes come from the JDK that compiles; all that changes is that the result of a native
 * method is sorted, by a comparator that is added beside it.
 */
final class StableOrder {
    private static final String COMPARATOR = "CortadoMethodOrder";
    private static final String STRING = "java/lang/String";

    private StableOrder() {}

    /** Writes the classes for {@code java.base} into {@code directory}. */
    static void writeBase(Path directory, Path javaHome) throws IOException {
        write(
                directory,
                javaHome,
                "java.base",
                "java/lang/Class",
                "java/lang/" + COMPARATOR,
                "getDeclaredMethods0",
                "(Z)[Ljava/lang/reflect/Method;",
                StableOrder::reflectionKey);
    }

    /** Writes the classes for {@code jdk.internal.vm.ci} into {@code directory}. */
    static void writeCompilerInterface(Path directory, Path javaHome) throws IOException {
        write(
                directory,
                javaHome,
                StableHashing.MODULE,
                "jdk/vm/ci/hotspot/CompilerToVM",
                "jdk/vm/ci/hotspot/" + COMPARATOR,
                "getDeclaredMethods",
                "(Ljdk/vm/ci/hotspot/HotSpotResolvedObjectTypeImpl;J)"
                        + "[Ljdk/vm/ci/meta/ResolvedJavaMethod;",
                StableOrder::compilerKey);
    }

    private interface Key {
        /** Writes code that turns the object on the stack into a string. */
        void write(MethodVisitor code);
    }

    private static void write(
            Path directory,
            Path javaHome,
            String module,
            String type,
            String comparator,
            String method,
            String descriptor,
            Key key)
            throws IOException {
        byte[] original = ClassChange.ofJdk(javaHome, module, type);
        byte[] changed =
                ClassChange.apply(
                        original,
                        (name, code, done) ->
                                sortResult(code, type, method, descriptor, comparator, done));
        ClassChange.write(directory, type, changed);
        ClassChange.write(directory, comparator, comparator(comparator, key));
    }

    private static MethodVisitor sortResult(
            MethodVisitor code,
            String type,
            String method,
            String descriptor,
            String comparator,
            Runnable done) {
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String types, boolean isInterface) {
                super.visitMethodInsn(opcode, owner, name, types, isInterface);
                if (owner.equals(type) && name.equals(method) && types.equals(descriptor)) {
                    done.run();
                    super.visitInsn(Opcodes.DUP);
                    super.visitTypeInsn(Opcodes.NEW, comparator);
                    super.visitInsn(Opcodes.DUP);
                    super.visitMethodInsn(
                            Opcodes.INVOKESPECIAL, comparator, "<init>", "()V", false);
                    super.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            "java/util/Arrays",
                            "sort",
                            "([Ljava/lang/Object;Ljava/util/Comparator;)V",
                            false);
                }
            }
        };
    }

    private static byte[] comparator(String name, Key key) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V25,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                name,
                null,
                "java/lang/Object",
                new String[] {"java/util/Comparator"});
        MethodVisitor init = writer.visitMethod(0, "<init>", "()V", null, null);
        init.visitCode();
        init.visitVarInsn(Opcodes.ALOAD, 0);
        init.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        init.visitInsn(Opcodes.RETURN);
        init.visitMaxs(0, 0);
        init.visitEnd();
        MethodVisitor compare =
                writer.visitMethod(
                        Opcodes.ACC_PUBLIC,
                        "compare",
                        "(Ljava/lang/Object;Ljava/lang/Object;)I",
                        null,
                        null);
        compare.visitCode();
        compare.visitVarInsn(Opcodes.ALOAD, 1);
        key.write(compare);
        compare.visitVarInsn(Opcodes.ALOAD, 2);
        key.write(compare);
        compare.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, STRING, "compareTo", "(Ljava/lang/String;)I", false);
        compare.visitInsn(Opcodes.IRETURN);
        compare.visitMaxs(0, 0);
        compare.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Name, parameter types and return type; nothing that needs a lambda: this runs very early. */
    private static void reflectionKey(MethodVisitor code) {
        String method = "java/lang/reflect/Method";
        code.visitTypeInsn(Opcodes.CHECKCAST, method);
        code.visitInsn(Opcodes.DUP);
        call(code, method, "getName", "()Ljava/lang/String;");
        code.visitInsn(Opcodes.SWAP);
        code.visitInsn(Opcodes.DUP);
        call(code, method, "getReturnType", "()Ljava/lang/Class;");
        call(code, "java/lang/Class", "getName", "()Ljava/lang/String;");
        code.visitInsn(Opcodes.SWAP);
        call(code, method, "getParameterTypes", "()[Ljava/lang/Class;");
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/util/Arrays",
                "toString",
                "([Ljava/lang/Object;)Ljava/lang/String;",
                false);
        concat(code);
        concat(code);
    }

    /** Name and descriptor. */
    private static void compilerKey(MethodVisitor code) {
        String method = "jdk/vm/ci/meta/JavaMethod";
        String signature = "jdk/vm/ci/meta/Signature";
        code.visitTypeInsn(Opcodes.CHECKCAST, method);
        code.visitInsn(Opcodes.DUP);
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, method, "getName", "()Ljava/lang/String;", true);
        code.visitInsn(Opcodes.SWAP);
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, method, "getSignature", "()L" + signature + ";", true);
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE,
                signature,
                "toMethodDescriptor",
                "()Ljava/lang/String;",
                true);
        concat(code);
    }

    private static void concat(MethodVisitor code) {
        call(code, STRING, "concat", "(Ljava/lang/String;)Ljava/lang/String;");
    }

    private static void call(MethodVisitor code, String owner, String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, name, descriptor, false);
    }
}
