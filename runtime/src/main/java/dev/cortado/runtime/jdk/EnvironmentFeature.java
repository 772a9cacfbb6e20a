package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.util.UserError;
import dev.cortado.runtime.environment.BuiltVariables;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Puts environment variables into an image, those that whoever builds it gives in the system
 * property {@code cortado.environment}, as {@link BuiltVariables} reads it. An image whose program
 * never asks for variables has none in it.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class EnvironmentFeature implements InternalFeature {
    private static final String PROPERTY = "cortado.environment";

    @Override
    public String getDescription() {
        return "Environment variables of the build";
    }

    @Override
    public boolean isInConfiguration(IsInConfigurationAccess access) {
        return System.getProperty(PROPERTY) != null;
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        try {
            ProgramEnvironment.setBuilt(BuiltVariables.parse(System.getProperty(PROPERTY)));
        } catch (IllegalArgumentException e) {
            throw UserError.abort("%s: %s", PROPERTY, e.getMessage());
        }
    }
}
