package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Classes of the security providers for services of kinds that native-image does not know: those of
 * a kind as soon as the class can be reached that programs get them from.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class SecurityMetadata implements InternalFeature {
    /** See the "Java Security Standard Algorithm Names" for the kinds. */
    private static final Map<String, String> ENGINES =
            new TreeMap<>(
                    Map.of(
                            "CertStore", "java.security.cert.CertStore",
                            "Configuration", "javax.security.auth.login.Configuration",
                            "KDF", "javax.crypto.KDF",
                            "KEM", "javax.crypto.KEM",
                            "SaslClientFactory", "javax.security.sasl.Sasl",
                            "SaslServerFactory", "javax.security.sasl.Sasl"));

    @Override
    public String getDescription() {
        return "Knows the classes of security providers by kind";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        ENGINES.forEach((kind, engine) -> {
            Class<?> type = access.findClassByName(engine);
            if (type != null) {
                access.registerReachabilityHandler(during -> register(access, kind), type);
            }
        });
    }

    private static void register(BeforeAnalysisAccess access, String kind) {
        for (Provider provider : List.of(Security.getProviders())) {
            for (Provider.Service service : provider.getServices()) {
                if (service.getType().equals(kind)) {
                    register(access.findClassByName(service.getClassName()));
                }
            }
        }
    }

    private static void register(Class<?> implementation) {
        if (implementation != null) {
            RuntimeReflection.register(implementation);
            RuntimeReflection.register(implementation.getConstructors());
        }
    }
}
