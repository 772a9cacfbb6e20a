package dev.cortado.image.compile;

import java.io.IOException;
import java.nio.file.Path;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes hash codes of the JDK's compiler interface depend on names. There, the hash code of a
 * method is its address, and that of a hidden class that of its name, which has an address in it.
 * Addresses are different in each run, and with them the order of hash maps, and with that the
 * image.
 *
 * <p>The classes come from the JDK that compiles; only their methods {@code hashCode} are replaced.
 */
final class StableHashing {
    static final String MODULE = "jdk.internal.vm.ci";

    private static final String PACKAGE = "jdk/vm/ci/hotspot/";
    private static final String METHOD = PACKAGE + "HotSpotResolvedJavaMethodImpl";
    private static final String TYPE = PACKAGE + "HotSpotResolvedJavaType";
    private static final String HOLDER = PACKAGE + "HotSpotResolvedObjectTypeImpl";
    private static final String SIGNATURE = PACKAGE + "HotSpotSignature";

    /** What comes before an address in a hidden class's name. */
    private static final String ADDRESS = "0x";

    private StableHashing() {}

    /** Writes the changed classes into {@code directory}, to be patched into {@link #MODULE}. */
    static void writeTo(Path directory, Path javaHome) throws IOException {
        for (String name : new String[] {METHOD, TYPE}) {
            byte[] original = ClassChange.ofJdk(javaHome, MODULE, name);
            byte[] changed =
                    ClassChange.apply(
                            original,
                            (method, code, done) -> {
                                if (!method.equals("hashCode")) {
                                    return code;
                                }
                                done.run();
                                writeHashCode(name, code);
                                return null;
                            });
            ClassChange.write(directory, name, changed);
        }
    }

    private static void writeHashCode(String name, MethodVisitor code) {
        code.visitCode();
        if (name.equals(METHOD)) {
            writeMethodHash(code);
        } else {
            writeTypeHash(code);
        }
        code.visitInsn(Opcodes.IRETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** {@code getName().hashCode() * 31 + holder.hashCode() * 31 + signature.hashCode()}. */
    private static void writeMethodHash(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        call(code, METHOD, "getName", "()Ljava/lang/String;");
        call(code, "java/lang/String", "hashCode", "()I");
        for (String[] field : new String[][] {{"holder", HOLDER}, {"signature", SIGNATURE}}) {
            code.visitIntInsn(Opcodes.BIPUSH, 31);
            code.visitInsn(Opcodes.IMUL);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, METHOD, field[0], "L" + field[1] + ";");
            call(code, "java/lang/Object", "hashCode", "()I");
            code.visitInsn(Opcodes.IADD);
        }
    }

    /** The hash code of the name up to an address, if there is one, without a branch. */
    private static void writeTypeHash(MethodVisitor code) {
        // name.substring(0, Math.floorMod(name.indexOf("0x"), name.length() + 1)).hashCode()
        name(code);
        code.visitInsn(Opcodes.ICONST_0);
        name(code);
        code.visitLdcInsn(ADDRESS);
        call(code, "java/lang/String", "indexOf", "(Ljava/lang/String;)I");
        name(code);
        call(code, "java/lang/String", "length", "()I");
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IADD);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "floorMod", "(II)I", false);
        call(code, "java/lang/String", "substring", "(II)Ljava/lang/String;");
        call(code, "java/lang/String", "hashCode", "()I");
    }

    private static void name(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        call(code, TYPE, "getName", "()Ljava/lang/String;");
    }

    private static void call(MethodVisitor code, String owner, String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, name, descriptor, false);
    }
}
