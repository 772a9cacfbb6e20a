package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.spi.LocaleServiceProvider;
import sun.util.locale.provider.LocaleServiceProviderPool;
import sun.util.locale.provider.LocaleServiceProviderPool.LocalizedObjectGetter;

/**
 * Without the log entry about a provider that answers null: the one place through which formatting
 * a number would bring {@link System.Logger} and {@code java.util.logging} into every image.
 */
@TargetClass(LocaleServiceProviderPool.class)
final class Target_sun_util_locale_provider_LocaleServiceProviderPool {
    private Target_sun_util_locale_provider_LocaleServiceProviderPool() {}

    @Alias
    private native List<LocaleServiceProvider> findProviders(Locale locale, boolean isObject);

    @Alias
    static native List<Locale> getLookupLocales(Locale locale);

    @Substitute
    @SuppressWarnings("unchecked")
    private <P extends LocaleServiceProvider, S> S getLocalizedObjectImpl(
            LocalizedObjectGetter<P, S> getter,
            Locale locale,
            boolean isObjectProvider,
            String key,
            Object... params) {
        for (Locale candidate : getLookupLocales(Objects.requireNonNull(locale))) {
            for (LocaleServiceProvider provider : findProviders(candidate, isObjectProvider)) {
                S found = getter.getObject((P) provider, locale, key, params);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
