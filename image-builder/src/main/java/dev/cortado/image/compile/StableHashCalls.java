package dev.cortado.image.compile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Changes classes that call {@code hashCode()} of objects that others give them: the object may be
 * one whose hash code is {@code StableIdentity}'s. What is not listed here gets another hash code,
 * the same for all objects: that would be slow where it is many. An image contains some of these
 * classes too, and a substitution in the guest makes the change one that does nothing there.
 */
final class StableHashCalls {
    private static final String OBJECT = "java/lang/Object";

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

    private StableHashCalls() {}

    /** Writes classes for {@code java.base} into {@code directory}. */
    static void writeBase(Path directory, Path javaHome) throws IOException {
        for (String caller : CALLERS) {
            byte[] original = ClassChange.ofJdk(javaHome, "java.base", caller);
            ClassChange.write(
                    directory, caller, ClassChange.apply(original, StableHashCalls::stable));
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
                    byte[] changed = ClassChange.apply(original, StableHashCalls::stable);
                    ClassChange.write(patch, type, changed);
                    modules.put(module, patch);
                }
            }
        }
        return modules;
    }

    /** {@code after(object, before(object), object.hashCode())}. */
    private static MethodVisitor stable(String method, MethodVisitor code, Runnable changed) {
        return new MethodVisitor(Opcodes.ASM9, code) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String types, boolean isInterface) {
                if (!owner.equals(OBJECT) || !name.equals("hashCode")) {
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
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, StableIdentities.IDENTITY, name, types, false);
            }
        };
    }
}
