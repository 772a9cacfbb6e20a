package dev.cortado.image.compile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Lets identity hash codes come from {@code java.lang.StableIdentity}, whose source is in this
 * module's {@code src/base}: changes {@code System.identityHashCode}, and the classes that call
 * {@code hashCode()} of objects that others give them. An image contains some of these too, and a
 * substitution in the guest makes the change one that does nothing there.
 */
final class StableIdentities {
    private static final String IDENTITY = "java/lang/StableIdentity";
    private static final String COUNTER = "stableIdentities";
    private static final String OBJECT = "java/lang/Object";
    private static final String SYSTEM = "java/lang/System";
    private static final String IDENTITY_HASH_CODE = "identityHashCode";
    private static final String HASH_CODE = "hashCode";

    /** The VM's own method, with a parameter more; its code is found by its name alone. */
    private static final String NATIVE = "(Ljava/lang/Object;I)I";

    private static final List<String> CALLERS =
            List.of(
                    "java/lang/invoke/MethodType",
                    "java/lang/runtime/SwitchBootstraps$TypePairs",
                    "java/util/AbstractList",
                    "java/util/AbstractMap$SimpleEntry",
                    "java/util/AbstractMap$SimpleImmutableEntry",
                    "java/util/AbstractSet",
                    "java/util/ArrayList",
                    "java/util/Arrays",
                    "java/util/HashMap",
                    "java/util/Hashtable",
                    "java/util/ImmutableCollections$Map1",
                    "java/util/ImmutableCollections$MapN",
                    "java/util/ImmutableCollections$Set12",
                    "java/util/ImmutableCollections$SetN",
                    "java/util/KeyValueHolder",
                    "java/util/Objects",
                    "java/util/WeakHashMap",
                    "java/util/TreeMap$Entry",
                    "java/util/concurrent/ConcurrentHashMap",
                    "java/util/concurrent/ConcurrentHashMap$MapEntry",
                    "java/util/concurrent/ConcurrentHashMap$Node",
                    "jdk/internal/util/NullableKeyValueHolder",
                    "jdk/internal/util/StrongReferenceKey");

    /** The same in the compiler's modules. */
    private static final Map<String, List<String>> CALLERS_OF_MODULES =
            Map.of(
                    "org.graalvm.collections",
                    List.of(
                            "org/graalvm/collections/EconomicMapImpl",
                            "org/graalvm/collections/EconomicMapUtil",
                            "org/graalvm/collections/Equivalence$1"),
                    "org.graalvm.nativeimage.pointsto",
                    List.of("com/oracle/graal/pointsto/heap/ImageHeapConstant$ConstantData"));

    private StableIdentities() {}

    /**
     * Writes classes for {@code java.base} into {@code directory}, after all others that change it.
     */
    static void writeBase(Path directory, Path javaHome) throws IOException {
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
        for (String caller : CALLERS) {
            byte[] original = ClassChange.ofJdk(javaHome, "java.base", caller);
            ClassChange.write(
                    directory, caller, ClassChange.apply(original, StableIdentities::stable));
        }
    }

    /**
     * Writes classes for the compiler's modules.
     *
     * @return each module with the directory that is to be patched into it
     */
    static Map<String, Path> writeModules(Path directory, List<Path> compilerJars)
            throws IOException {
        Map<String, Path> modules = new TreeMap<>();
        for (String module : CALLERS_OF_MODULES.keySet()) {
            Path patch = directory.resolve(module);
            for (String type : CALLERS_OF_MODULES.get(module)) {
                String outer = type.split("[$]")[0];
                byte[] original = ClassChange.ofJars(compilerJars, outer, type);
                if (original.length > 0) {
                    byte[] changed = ClassChange.apply(original, StableIdentities::stable);
                    ClassChange.write(patch, type, changed);
                    modules.put(module, patch);
                }
            }
        }
        return modules;
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

    /** {@code after(object, before(object), object.hashCode())}. */
    private static MethodVisitor stable(String method, MethodVisitor code, Runnable changed) {
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String types, boolean isInterface) {
                if (!owner.equals(OBJECT) || !name.equals(HASH_CODE)) {
                    super.visitMethodInsn(opcode, owner, name, types, isInterface);
                    return;
                }
                changed.run();
                super.visitInsn(Opcodes.DUP);
                identity("before", "(Ljava/lang/Object;)I");
                super.visitInsn(Opcodes.SWAP);
                super.visitInsn(Opcodes.DUP_X1);
                super.visitMethodInsn(opcode, owner, name, types, isInterface);
                identity("after", "(Ljava/lang/Object;II)I");
            }

            private void identity(String name, String types) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, IDENTITY, name, types, false);
            }
        };
    }
}
