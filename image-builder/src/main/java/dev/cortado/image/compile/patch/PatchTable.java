package dev.cortado.image.compile.patch;

import static dev.cortado.image.compile.patch.CodeChange.atEndOfConstructor;
import static dev.cortado.image.compile.patch.CodeChange.before;
import static dev.cortado.image.compile.patch.CodeChange.filterResult;
import static dev.cortado.image.compile.patch.CodeChange.replaceBody;
import static dev.cortado.image.compile.patch.CodeChange.replaceCall;
import static dev.cortado.image.compile.patch.CodeChange.replaceSuperCall;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is changed in the JVM that compiles, and why. Without all but the last five of these
 * changes, the order in which the compiler does its work, and with it the image, depends on
 * addresses, on time, on places of files and on when garbage is collected.
 */
final class PatchTable {
    private static final String OBJECT = "java/lang/Object";
    private static final String IDENTITY = "java/lang/StableIdentity";
    private static final String ITERATION = "java/lang/StableIteration";
    private static final String HOTSPOT = "jdk/vm/ci/hotspot/";
    private static final String ORDER = HOTSPOT + "StableMethods";
    private static final String HOSTED = "com/oracle/svm/hosted/";

    /**
     * Of {@code hashCode()} of an object that somebody else has given: it may be the object's
     * identity, which is {@code StableIdentity}'s affair.
     */
    private static final Hook HASH_CODE = new Hook(IDENTITY, "hashCodeOf", "(Ljava/lang/Object;)I");

    private static final Hook KEEP =
            new Hook("java/lang/StableReferences", "keep", "(Ljava/lang/Object;)V");

    /**
     * Who calls such a {@code hashCode()}. What is not listed here gets the VM's hash code, the
     * same for all objects: that would be slow where it is many.
     */
    private static final List<String> HASHING =
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

    /** Trees of keys with equal hash codes, which are ordered by their identities if need be. */
    private static final List<String> TREES =
            List.of("java/util/HashMap$TreeNode", "java/util/concurrent/ConcurrentHashMap$TreeBin");

    private static final String COLLECTIONS = "org.graalvm.collections";
    private static final List<String> HASHING_COLLECTIONS =
            List.of(
                    "org/graalvm/collections/EconomicMapImpl",
                    "org/graalvm/collections/EconomicMapUtil",
                    "org/graalvm/collections/Equivalence$1");
    private static final String ANALYSIS = "org.graalvm.nativeimage.pointsto";

    /** They print something from a thread of their own, once in a while. */
    private static final List<String> REPORTERS =
            List.of(
                    HOSTED + "ProgressReporter",
                    HOSTED + "ResourcesFeature$ResourceCollectorImpl",
                    HOSTED + "NativeImageClassLoaderSupport$LoadClassHandler");

    private PatchTable() {}

    /** The rows, one for each class. */
    static List<Patch> all() {
        List<Patch> rows = new ArrayList<>();
        identityHashCodes(rows);
        orderOfIteration(rows);
        orderOfMethods(rows);
        hashCodesOfMembers(rows);
        hashCodesOfTheCompilerInterface(rows);
        weakReferences(rows);
        threads(rows);
        inheritedMain(rows);
        platformProxies(rows);
        substitutions(rows);
        nativeInitializers(rows);
        nativeLibraries(rows);
        return List.copyOf(rows);
    }

    private static void identityHashCodes(List<Patch> rows) {
        rows.add(new Patch(Patch.BASE, IDENTITY, IdentityHashCode::callNative));
        rows.add(
                new Patch(
                        Patch.BASE,
                        IdentityHashCode.SYSTEM,
                        IdentityHashCode.callHook(),
                        IdentityHashCode::withNative));
        hashing(rows, Patch.BASE, HASHING);
        hashing(rows, COLLECTIONS, HASHING_COLLECTIONS);
        Hook equalKey = new Hook(IDENTITY, "ofEqualKey", "(Ljava/lang/Object;)I");
        CodeChange tie = replaceCall("java/lang/System", "identityHashCode", equalKey);
        TREES.forEach(type -> rows.add(new Patch(Patch.BASE, type, tie)));
        Hook identity = new Hook(IDENTITY, "hashCode", "(Ljava/lang/Object;)I");
        rows.add(
                new Patch(
                        ANALYSIS,
                        "com/oracle/graal/pointsto/heap/ImageHeapConstant$ConstantData",
                        replaceSuperCall(OBJECT, "hashCode", identity)));
    }

    private static void hashing(List<Patch> rows, String module, List<String> types) {
        CodeChange change = replaceCall(OBJECT, "hashCode", HASH_CODE);
        types.forEach(type -> rows.add(new Patch(module, type, change)));
    }

    /**
     * The JDK mixes the time of its start into the order of {@code Set.of} and {@code Map.of},
     * which does not matter to the guest: native-image has a value of its own for it. And the hash
     * codes of modules depend on where their jars are.
     */
    private static void orderOfIteration(List<Patch> rows) {
        rows.add(
                new Patch(
                        Patch.BASE,
                        "java/util/ImmutableCollections",
                        replaceCall(
                                "java/lang/System",
                                "nanoTime",
                                new Hook(ITERATION, "seed", "()J"))));
        rows.add(
                new Patch(
                        Patch.BASE,
                        "jdk/internal/module/ModuleReferenceImpl",
                        replaceCall(
                                "java/util/Objects",
                                "hashCode",
                                new Hook(ITERATION, "hashOfPlace", "(Ljava/lang/Object;)I"))));
    }

    /** The JVM lists a class's methods by the addresses of their names. */
    private static void orderOfMethods(List<Patch> rows) {
        String reflected = "[Ljava/lang/reflect/Method;";
        rows.add(
                new Patch(
                        Patch.BASE,
                        "java/lang/Class",
                        filterResult(
                                "java/lang/Class",
                                "getDeclaredMethods0",
                                new Hook(
                                        "java/lang/StableMethods",
                                        "sorted",
                                        "(" + reflected + ")" + reflected)),
                        IdentityHashCode::withCounter));
        String compiled = "[Ljdk/vm/ci/meta/ResolvedJavaMethod;";
        rows.add(
                new Patch(
                        Patch.JVMCI,
                        HOTSPOT + "CompilerToVM",
                        filterResult(
                                HOTSPOT + "CompilerToVM",
                                "getDeclaredMethods",
                                new Hook(ORDER, "sorted", "(" + compiled + ")" + compiled))));
    }

    /** A hidden class's name has an address in it. */
    private static void hashCodesOfMembers(List<Patch> rows) {
        for (String name : List.of("Constructor", "Field", "Method")) {
            String type = "java/lang/reflect/" + name;
            Hook hook = new Hook("java/lang/StableMethods", "hashCodeOf", "(L" + type + ";)I");
            rows.add(new Patch(Patch.BASE, type, replaceBody("hashCode", hook)));
        }
    }

    /** There, a method's hash code is its address, and a hidden class's name has one in it. */
    private static void hashCodesOfTheCompilerInterface(List<Patch> rows) {
        for (String type : List.of("HotSpotResolvedJavaMethodImpl", "HotSpotResolvedJavaType")) {
            Hook hook = new Hook(ORDER, "hashCodeOf", "(L" + HOTSPOT + type + ";)I");
            rows.add(new Patch(Patch.JVMCI, HOTSPOT + type, replaceBody("hashCode", hook)));
        }
    }

    /** What is taken when garbage is collected would be made anew, with another hash code. */
    private static void weakReferences(List<Patch> rows) {
        rows.add(
                new Patch(
                        Patch.BASE,
                        "jdk/internal/util/WeakReferenceKey",
                        atEndOfConstructor(1, KEEP)));
        rows.add(
                new Patch(
                        Patch.JVMCI,
                        HOTSPOT + "HotSpotJVMCIRuntime$KlassWeakReference",
                        atEndOfConstructor(2, KEEP)));
    }

    /** The builder works in its main thread, in the same order each time. */
    private static void threads(List<Patch> rows) {
        Hook idle =
                new Hook(
                        HOSTED + "IdleExecutor",
                        "create",
                        "()Ljava/util/concurrent/ScheduledExecutorService;");
        CodeChange change =
                replaceCall(
                        "java/util/concurrent/Executors", "newSingleThreadScheduledExecutor", idle);
        REPORTERS.forEach(type -> rows.add(new Patch(Patch.BUILDER, type, change)));
    }

    /** The compiler makes an object of the class that declares an instance {@code main}. */
    private static void inheritedMain(List<Patch> rows) {
        Hook started =
                new Hook(
                        "com/oracle/svm/core/StartedClass",
                        "of",
                        "(Ljava/lang/reflect/Method;)Ljava/lang/Class;");
        rows.add(
                new Patch(
                        Patch.BUILDER,
                        "com/oracle/svm/core/JavaMainWrapper$JavaMainSupport",
                        replaceCall("java/lang/reflect/Method", "getDeclaringClass", started)));
    }

    /** In an image, {@code ManagementFactory.newPlatformMXBeanProxy} gives null. */
    private static void platformProxies(List<Patch> rows) {
        String management = "com/oracle/svm/core/jdk/management/";
        Hook create =
                new Hook(
                        management + "PlatformProxies",
                        "create",
                        "(Ljavax/management/MBeanServerConnection;"
                                + "Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;");
        rows.add(
                new Patch(
                        Patch.BUILDER,
                        management + "Target_java_lang_management_ManagementFactory",
                        replaceBody("newPlatformMXBeanProxy", create)));
    }

    /** Libraries substitute classes that only other releases of the compiler have. */
    private static void substitutions(List<Patch> rows) {
        Hook loaded =
                new Hook(
                        HOSTED + "substitute/LoadedTargets",
                        "of",
                        "(Ljava/util/List;)Ljava/util/List;");
        rows.add(
                new Patch(
                        Patch.BUILDER,
                        HOSTED + "substitute/AnnotationSubstitutionProcessor",
                        filterResult(HOSTED + "ImageClassLoader", "findAnnotatedClasses", loaded)));
    }

    /** An initializer that calls native code is no reason to end, but one to run in the guest. */
    private static void nativeInitializers(List<Patch> rows) {
        String initialization = HOSTED + "classinitialization/";
        Hook run =
                new Hook(
                        initialization + "NativeInitializers",
                        "run",
                        "(Ljdk/internal/misc/Unsafe;Ljava/lang/Class;)V");
        rows.add(
                new Patch(
                        Patch.BUILDER,
                        initialization + "ClassInitializationSupport",
                        replaceCall("jdk/internal/misc/Unsafe", "ensureClassInitialized", run)));
    }

    /** What a program's initializer finds in the builder it does not have in the guest. */
    private static void nativeLibraries(List<Patch> rows) {
        Hook check =
                new Hook(
                        "java/lang/ProgramLibraries",
                        "check",
                        "(Ljava/lang/Class;Ljava/lang/Object;)V");
        rows.add(new Patch(Patch.BASE, "java/lang/ClassLoader", before("loadLibrary", check)));
    }
}
