package dev.cortado.runtime.jdk;

import com.oracle.graal.pointsto.constraints.UnsupportedFeatureException;
import com.oracle.graal.pointsto.infrastructure.SubstitutionProcessor;
import com.oracle.graal.pointsto.meta.AnalysisUniverse;
import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.util.UserError;
import com.oracle.svm.hosted.FeatureImpl.BeforeAnalysisAccessImpl;
import com.oracle.svm.hosted.substitute.DeletedMethod;
import com.oracle.svm.hosted.substitute.SubstitutionMethod;
import dev.cortado.runtime.natives.NativeMethod;
import dev.cortado.runtime.natives.NativeTable;
import dev.cortado.runtime.natives.Replacement;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import jdk.vm.ci.meta.ResolvedJavaMethod;
import jdk.vm.ci.meta.ResolvedJavaType;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * For tests, which ask for it with {@code --features}: what stands for each native method of the
 * table, whether reachable or not, is what the table says, or the build fails.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class NativeCensus implements InternalFeature {
    private AnalysisUniverse universe;
    private SubstitutionProcessor substitutions;

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        universe = ((BeforeAnalysisAccessImpl) access).getUniverse();
        substitutions = universe.getSubstitutions();
        TreeSet<String> wrong = new TreeSet<>();
        for (NativeMethod entry : NativeTable.load().methods()) {
            Class<?> type = access.findClassByName(entry.className());
            if (type != null) {
                check(entry, type, wrong);
            }
        }
        if (!wrong.isEmpty()) {
            throw UserError.abort(
                    "what stands for natives is not what natives.txt says:%n%s",
                    String.join("\n", wrong));
        }
    }

    private void check(NativeMethod entry, Class<?> type, TreeSet<String> wrong) {
        for (ResolvedJavaMethod method : declaredMethods(type)) {
            String name = method.getName();
            String descriptor = method.getSignature().toMethodDescriptor();
            if (method.isNative()
                    && (entry.name().equals(name) || entry.name().equals(name + descriptor))) {
                Optional<Replacement> found = find(method);
                if (!found.equals(Optional.of(entry.replacement()))) {
                    String what = found.map(Replacement::title).orElse("nobody");
                    wrong.add(entry.key() + ": " + what);
                }
            }
        }
    }

    private List<ResolvedJavaMethod> declaredMethods(Class<?> type) {
        ResolvedJavaType resolved = universe.getOriginalMetaAccess().lookupJavaType(type);
        return List.of(resolved.getDeclaredMethods(false));
    }

    /** Empty if it is left to a C library. */
    private Optional<Replacement> find(ResolvedJavaMethod method) {
        ResolvedJavaMethod found;
        try {
            found = substitutions.lookup(method);
        } catch (UnsupportedFeatureException e) {
            return Optional.of(Replacement.REMOVED);
        }
        if (found instanceof TableMethod made) {
            return Optional.of(made.entry().replacement());
        } else if (TableSubstitutions.isLinkedByName(found)) {
            return isSignaturePolymorphic(method)
                    ? Optional.of(Replacement.COMPILER)
                    : Optional.empty();
        } else if (found instanceof DeletedMethod) {
            return Optional.of(Replacement.REMOVED);
        } else if (found.equals(method)) {
            return Optional.of(Replacement.COMPILER);
        }
        return Optional.of(isOurs(found) ? Replacement.CORTADO : Replacement.GRAALVM);
    }

    /** JLS 25, section 15.12.3: a call of it is compiled for the types of its operands. */
    private static boolean isSignaturePolymorphic(ResolvedJavaMethod method) {
        return method.isVarArgs()
                && method.getDeclaringClass().toJavaName().equals(VarHandle.class.getName());
    }

    private static boolean isOurs(ResolvedJavaMethod found) {
        return found instanceof SubstitutionMethod substitution
                && substitution
                        .getAnnotated()
                        .getDeclaringClass()
                        .toJavaName()
                        .startsWith("dev.cortado.");
    }
}
