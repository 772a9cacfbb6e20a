package dev.cortado.runtime.jdk.map;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import jdk.graal.compiler.nodes.CallTargetNode.InvokeKind;
import jdk.graal.compiler.nodes.ConstantNode;
import jdk.graal.compiler.nodes.ValueNode;
import jdk.graal.compiler.nodes.graphbuilderconf.GraphBuilderContext;
import jdk.graal.compiler.nodes.graphbuilderconf.NodePlugin;
import jdk.vm.ci.meta.JavaKind;
import jdk.vm.ci.meta.ResolvedJavaMethod;
import jdk.vm.ci.meta.Signature;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Puts a look at the page ({@link MappedAccess}) before each access to memory that is the JDK's for
 * byte buffers and memory segments: all of them are in {@code ScopedMemoryAccess}.
 */
@Platforms(Platform.HOSTED_ONLY.class)
final class MappedAccessPlugin implements NodePlugin {
    private static final String SCOPED = "Ljdk/internal/misc/ScopedMemoryAccess;";
    private static final String UNSAFE = "Ljdk/internal/misc/Unsafe;";
    private static final String ARRAYS = "Ljdk/internal/util/ArraysSupport;";

    private final Method beforeRead = method(MappedAccess.class, "beforeRead");
    private final Method beforeWrite = method(MappedAccess.class, "beforeWrite");

    /** What is called in place of methods of that name. */
    private final Map<String, Method> replaced = new HashMap<>();

    /** The access itself is built by calling this plugin again. */
    private final ThreadLocal<Boolean> isAccess = ThreadLocal.withInitial(() -> false);

    MappedAccessPlugin() {
        for (String name :
                new String[] {"copyMemory", "copySwapMemory", "setMemory", "vectorizedMismatch"}) {
            replaced.put(name, method(BulkAccess.class, name));
        }
    }

    private static Method method(Class<?> in, String name) {
        return Arrays.stream(in.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findAny()
                .orElseThrow();
    }

    @Override
    public boolean handleInvoke(
            GraphBuilderContext builder, ResolvedJavaMethod called, ValueNode[] arguments) {
        String type = called.getDeclaringClass().getName();
        if (!type.equals(UNSAFE) && !type.equals(ARRAYS)
                || isAccess.get()
                || !builder.getMethod().getDeclaringClass().getName().equals(SCOPED)) {
            return false;
        }
        Method bulk = replaced.get(called.getName());
        if (bulk != null) {
            int receiver = called.isStatic() ? 0 : 1;
            ValueNode[] rest = Arrays.copyOfRange(arguments, receiver, arguments.length);
            builder.handleReplacedInvoke(InvokeKind.Static, resolve(builder, bulk), rest, false);
            return true;
        }
        int bytes = accessedBytes(called);
        if (bytes == 0) {
            return false;
        }
        InvokeKind kind = builder.getInvokeKind();
        ValueNode size = ConstantNode.forInt(bytes, builder.getGraph());
        builder.handleReplacedInvoke(
                InvokeKind.Static,
                resolve(builder, isRead(called) ? beforeRead : beforeWrite),
                new ValueNode[] {arguments[2], size},
                false);
        isAccess.set(true);
        try {
            builder.handleReplacedInvoke(kind, called, arguments, false);
        } finally {
            isAccess.set(false);
        }
        return true;
    }

    private static ResolvedJavaMethod resolve(GraphBuilderContext builder, Method method) {
        return builder.getMetaAccess().lookupJavaMethod(method);
    }

    private static boolean isRead(ResolvedJavaMethod called) {
        return called.getName().startsWith("get") && !called.getName().startsWith("getAnd");
    }

    /** How many bytes at the object and offset are accessed; 0 if it is not such a method. */
    private static int accessedBytes(ResolvedJavaMethod called) {
        Signature signature = called.getSignature();
        int count = signature.getParameterCount(false);
        if (called.isStatic()
                || count < 2
                || signature.getParameterKind(0) != JavaKind.Object
                || signature.getParameterKind(1) != JavaKind.Long) {
            return 0;
        }
        JavaKind kind =
                isRead(called)
                        ? signature.getReturnKind()
                        : count > 2 ? signature.getParameterKind(2) : JavaKind.Void;
        return kind.isPrimitive() && kind != JavaKind.Void ? kind.getByteCount() : 0;
    }
}
