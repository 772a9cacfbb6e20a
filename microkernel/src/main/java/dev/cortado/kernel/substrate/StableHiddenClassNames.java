package dev.cortado.kernel.substrate;

import com.oracle.graal.pointsto.infrastructure.SubstitutionProcessor;
import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.hosted.FeatureImpl.DuringSetupAccessImpl;
import com.oracle.svm.hosted.annotation.CustomSubstitutionType;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.vm.ci.meta.ResolvedJavaType;

/**
 * Gives hidden classes names that are the same in every build. The JVM that runs the compiler puts
 * a class's address into its name, and native-image replaces it for lambdas only; those that a
 * pattern switch makes ({@code SwitchBootstraps}), for example, keep it, and so two builds differ.
 */
public final class StableHiddenClassNames implements InternalFeature {

    @Override
    public String getDescription() {
        return "Gives hidden classes names without addresses";
    }

    @Override
    public void duringSetup(DuringSetupAccess access) {
        ((DuringSetupAccessImpl) access).registerSubstitutionProcessor(new Renaming());
    }

    /** Counts the hidden classes of each name, in the order in which they come up. */
    private static final class Renaming extends SubstitutionProcessor {
        private static final String LAMBDA = "$$Lambda";
        private static final Pattern HIDDEN = Pattern.compile("(.*[.+]0x)[0-9a-f]{16};");

        private final Map<String, Integer> counts = new HashMap<>();
        private final Map<ResolvedJavaType, Renamed> renamed = new HashMap<>();

        @Override
        public synchronized ResolvedJavaType lookup(ResolvedJavaType type) {
            if (type instanceof CustomSubstitutionType || type.isArray()) {
                return type;
            }
            Matcher name = HIDDEN.matcher(type.getName());
            if (!name.matches() || type.getName().contains(LAMBDA)) {
                return type;
            }
            return renamed.computeIfAbsent(type, hidden -> rename(hidden, name.group(1)));
        }

        private Renamed rename(ResolvedJavaType type, String name) {
            int number = counts.merge(name, 1, Integer::sum);
            return new Renamed(type, "%s%016x;".formatted(name, number));
        }
    }

    /** A type with another name. */
    private static final class Renamed extends CustomSubstitutionType {
        private final String name;

        Renamed(ResolvedJavaType original, String name) {
            super(original);
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
