package dev.cortado.runtime.jdk;

import com.oracle.graal.pointsto.ObjectScanner.EmbeddedRootScan;
import com.oracle.graal.pointsto.ObjectScanner.MethodParsing;
import com.oracle.graal.pointsto.ObjectScanner.ScanReason;
import com.oracle.graal.pointsto.meta.AnalysisMethod;
import com.oracle.graal.pointsto.meta.AnalysisType;
import com.oracle.graal.pointsto.meta.AnalysisUniverse;
import com.oracle.graal.pointsto.meta.InvokeInfo;
import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.hosted.FeatureImpl.AfterAnalysisAccessImpl;
import dev.cortado.drivers.registry.DriverRegistry;
import dev.cortado.runtime.reach.CallGraph;
import dev.cortado.runtime.reach.CallNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jdk.vm.ci.code.BytecodePosition;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Finds out, of each driver that no target has chosen, by which calls the program comes to it: from
 * a method of the program's own, or else from what is done before its main method, as the build or
 * its machine want it.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class DriverCallsFeature implements InternalFeature {
    private final CallGraph graph = new CallGraph();
    private final Set<String> programs = new HashSet<>();
    private final Set<String> hooks = new HashSet<>();

    @Override
    public String getDescription() {
        return "Says which calls lead to a driver";
    }

    @Override
    public void afterAnalysis(AfterAnalysisAccess access) {
        Map<String, Class<?>> drivers = DriverRegistry.reached();
        if (drivers.isEmpty()) {
            return;
        }
        AnalysisUniverse universe = ((AfterAnalysisAccessImpl) access).getUniverse();
        for (AnalysisMethod method : universe.getMethods()) {
            if (method.isImplementationInvoked()) {
                addCalls(method);
            }
        }
        universe.getTypes().stream().filter(AnalysisType::isInstantiated).forEach(this::addMaking);
        drivers.forEach((driver, type) ->
                find(universe, type)
                        .ifPresent(
                                chain -> DriverRegistry.addCalls(driver, CallNames.shown(chain))));
    }

    /** Who makes one or asks the class comes before who calls one that is there. */
    private Optional<List<String>> find(AnalysisUniverse universe, Class<?> type) {
        Set<String> all = new HashSet<>();
        Set<String> first = new HashSet<>();
        for (AnalysisMethod method : universe.getMethods()) {
            if (method.isImplementationInvoked()
                    && method.getDeclaringClass().getJavaClass() == type) {
                all.add(name(method));
                if (method.isStatic() || method.isConstructor()) {
                    first.add(name(method));
                }
            }
        }
        return Stream.<Predicate<String>>of(programs::contains, hooks::contains)
                .flatMap(starts -> Stream.of(first, all).map(ends -> graph.chain(starts, ends)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void addCalls(AnalysisMethod method) {
        String caller = name(method);
        Class<?> type = method.getDeclaringClass().getJavaClass();
        if (isProgram(type)) {
            programs.add(caller);
        } else if (RuntimeSupport.Hook.class.isAssignableFrom(type)) {
            hooks.add(caller);
        }
        for (InvokeInfo invoke : method.getInvokes()) {
            graph.add(
                    caller, invoke.getAllCallees().stream().map(DriverCallsFeature::name).toList());
        }
    }

    /** Who makes something to be run, by a thread or by somebody else, is why it is run. */
    private void addMaking(AnalysisType type) {
        Class<?> made = type.getJavaClass();
        AnalysisMethod maker = maker(type.getInstantiatedReason());
        if (maker == null || !(isGuest(made) || Runnable.class.isAssignableFrom(made))) {
            return;
        }
        for (AnalysisMethod method : type.getDeclaredMethods(false)) {
            if (method.isImplementationInvoked() && !method.isStatic()) {
                graph.add(name(maker), List.of(name(method)));
            }
        }
    }

    /** The method that the analysis saw first; null if it was none. */
    private static AnalysisMethod maker(Object reason) {
        return switch (reason) {
            case BytecodePosition position -> maker(position.getMethod());
            case AnalysisMethod method -> method;
            case MethodParsing parsing -> parsing.getMethod();
            case EmbeddedRootScan embedded -> embedded.getMethod();
            case ScanReason scan -> maker(scan.getPrevious());
            case null, default -> null;
        };
    }

    /** Of the class path, without the guest's own jars. */
    private static boolean isProgram(Class<?> type) {
        return !type.getModule().isNamed() && !isGuest(type);
    }

    private static boolean isGuest(Class<?> type) {
        return CallNames.isGuest(type.getName());
    }

    private static String name(AnalysisMethod method) {
        return method.format("%H.%n(%P)");
    }
}
