package dev.cortado.runtime.jdk.map;

import com.oracle.svm.core.ParsingReason;
import com.oracle.svm.core.feature.InternalFeature;
import jdk.graal.compiler.nodes.graphbuilderconf.GraphBuilderConfiguration.Plugins;
import jdk.graal.compiler.phases.util.Providers;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Lets programs touch mapped files whose pages are not in memory. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class MappedAccessFeature implements InternalFeature {
    private final MappedAccessPlugin plugin = new MappedAccessPlugin();

    @Override
    public String getDescription() {
        return "Mapped files";
    }

    @Override
    public void registerGraphBuilderPlugins(
            Providers providers, Plugins plugins, ParsingReason reason) {
        if (reason == ParsingReason.PointsToAnalysis || reason == ParsingReason.AOTCompilation) {
            plugins.appendNodePlugin(plugin);
        }
    }
}
