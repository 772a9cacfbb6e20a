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
import jdk.vm.ci.meta.ResolvedJavaMethod;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Puts a look at the page ({@link MappedAccess}) before each access that is an AccessKind. */
@Platforms(Platform.HOSTED_ONLY.class)
final class MappedAccessPlugin implements NodePlugin {
    /** Of {@code VectorSupport}'s methods: the lanes' type, their number, and the address. */
    private static final int[] VECTOR_ARGUMENTS = {1, 2, 4};

    private final Method beforeRead = method(MappedAccess.class, "beforeRead");
    private final Method beforeWrite = method(MappedAccess.class, "beforeWrite");
    private final Method beforeVectorRead = method(VectorAccess.class, "beforeRead");
    private final Method beforeVectorWrite = method(VectorAccess.class, "beforeWrite");

    /** What is called in place of others, by {@link #key}. */
    private static final Map<String, Method> BULK = bulk();

    /** Who builds an access itself, by calling this plugin again; what he inlines is another's. */
    private final ThreadLocal<GraphBuilderContext> accessing = new ThreadLocal<>();

    private static Map<String, Method> bulk() {
        Map<String, Method> methods = new HashMap<>();
        for (Method method : BulkAccess.class.getDeclaredMethods()) {
            methods.put(key(method.getName(), method.getParameterCount()), method);
        }
        return methods;
    }

    private static Method method(Class<?> in, String name) {
        return Arrays.stream(in.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findAny()
                .orElseThrow();
    }

    static Method inPlaceOf(String name, int parameters) {
        return BULK.get(key(name, parameters));
    }

    private static String key(String name, int parameters) {
        return name + '/' + parameters;
    }

    @Override
    public boolean handleInvoke(
            GraphBuilderContext builder, ResolvedJavaMethod called, ValueNode[] arguments) {
        GraphBuilderContext outer = accessing.get();
        AccessKind kind = outer == builder ? null : kind(builder, called);
        if (kind == null) {
            return false;
        }
        int receiver = called.isStatic() ? 0 : 1;
        Method many = inPlaceOf(called.getName(), arguments.length - receiver);
        if (many != null) {
            call(builder, many, Arrays.copyOfRange(arguments, receiver, arguments.length));
            return true;
        }
        InvokeKind invokeKind = builder.getInvokeKind();
        if (kind.isVector()) {
            ValueNode[] vector =
                    Arrays.stream(VECTOR_ARGUMENTS)
                            .mapToObj(each -> arguments[each])
                            .toArray(ValueNode[]::new);
            call(builder, kind.isRead() ? beforeVectorRead : beforeVectorWrite, vector);
        } else if (kind.bytes() > 0) {
            ValueNode bytes = ConstantNode.forInt(kind.bytes(), builder.getGraph());
            ValueNode address = arguments[receiver + kind.address()];
            call(builder, kind.isRead() ? beforeRead : beforeWrite, address, bytes);
        } else {
            return false;
        }
        accessing.set(builder);
        try {
            builder.handleReplacedInvoke(invokeKind, called, arguments, false);
        } finally {
            accessing.set(outer);
        }
        return true;
    }

    private static AccessKind kind(GraphBuilderContext builder, ResolvedJavaMethod called) {
        return AccessKind.of(
                builder.getMethod().getDeclaringClass().getName(),
                builder.getMethod().getName(),
                called.getDeclaringClass().getName(),
                called.getName(),
                called.getSignature().toMethodDescriptor());
    }

    private static void call(GraphBuilderContext builder, Method method, ValueNode... arguments) {
        builder.handleReplacedInvoke(
                InvokeKind.Static,
                builder.getMetaAccess().lookupJavaMethod(method),
                arguments,
                false);
    }
}
