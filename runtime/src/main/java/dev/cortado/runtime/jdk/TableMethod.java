package dev.cortado.runtime.jdk;

import com.oracle.graal.pointsto.infrastructure.GraphProvider;
import com.oracle.graal.pointsto.infrastructure.OriginalMethodProvider;
import com.oracle.graal.pointsto.meta.AnalysisMethod;
import com.oracle.graal.pointsto.meta.HostedProviders;
import com.oracle.svm.hosted.annotation.CustomSubstitutionMethod;
import com.oracle.svm.hosted.phases.HostedGraphKit;
import com.oracle.svm.util.ReflectionUtil;
import dev.cortado.runtime.natives.NativeMethod;
import dev.cortado.runtime.natives.Replacement;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import jdk.graal.compiler.debug.DebugContext;
import jdk.graal.compiler.nodes.CallTargetNode.InvokeKind;
import jdk.graal.compiler.nodes.ConstantNode;
import jdk.graal.compiler.nodes.StructuredGraph;
import jdk.graal.compiler.nodes.UnwindNode;
import jdk.graal.compiler.nodes.ValueNode;
import jdk.vm.ci.meta.JavaKind;
import jdk.vm.ci.meta.ResolvedJavaMethod;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** What stands for a native method that the table refuses, or for which there is nothing to do. */
@Platforms(Platform.HOSTED_ONLY.class)
final class TableMethod extends CustomSubstitutionMethod {
    private final NativeMethod entry;

    TableMethod(ResolvedJavaMethod original, NativeMethod entry) {
        super(original);
        this.entry = entry;
    }

    NativeMethod entry() {
        return entry;
    }

    @Override
    public int getModifiers() {
        return super.getModifiers() & ~(Modifier.NATIVE | Modifier.SYNCHRONIZED);
    }

    @Override
    public StructuredGraph buildGraph(
            DebugContext debug,
            AnalysisMethod method,
            HostedProviders providers,
            GraphProvider.Purpose purpose) {
        HostedGraphKit kit = new HostedGraphKit(debug, providers, method);
        StructuredGraph graph = kit.getGraph();
        graph.start().setStateAfter(kit.getFrameState().create(kit.bci(), graph.start()));
        if (entry.replacement() == Replacement.NOTHING) {
            returnZero(kit, method.getSignature().getReturnKind());
        } else {
            refuse(kit);
        }
        return kit.finalizeGraph();
    }

    private static void returnZero(HostedGraphKit kit, JavaKind kind) {
        ValueNode zero =
                kind == JavaKind.Void
                        ? null
                        : ConstantNode.defaultForKind(kind.getStackKind(), kit.getGraph());
        kit.createReturn(zero, kind);
    }

    private void refuse(HostedGraphKit kit) {
        ConstantNode message =
                ConstantNode.forConstant(
                        kit.getConstantReflection().forString(message()),
                        kit.getMetaAccess(),
                        kit.getGraph());
        ValueNode exception =
                kit.createInvokeWithExceptionAndUnwind(
                        kit.getMetaAccess().lookupJavaMethod(factory()),
                        InvokeKind.Static,
                        kit.getFrameState(),
                        kit.bci(),
                        message);
        kit.append(new UnwindNode(exception));
    }

    private String message() {
        return entry.className() + "." + original.getName() + ": " + entry.reason();
    }

    private Method factory() {
        List<String> declared = declaredExceptions();
        return ReflectionUtil.lookupMethod(Refusal.class, Refusal.kindFor(declared), String.class);
    }

    private List<String> declaredExceptions() {
        Executable executable = OriginalMethodProvider.getJavaMethod(original);
        return executable == null
                ? List.of()
                : Stream.of(executable.getExceptionTypes()).map(Class::getName).toList();
    }
}
