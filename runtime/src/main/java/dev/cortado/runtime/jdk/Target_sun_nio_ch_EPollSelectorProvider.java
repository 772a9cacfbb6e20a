package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** There is no epoll: a selector has a list that open files put themselves on. */
@TargetClass(className = "sun.nio.ch.EPollSelectorProvider")
final class Target_sun_nio_ch_EPollSelectorProvider {
    @Substitute
    public AbstractSelector openSelector() {
        SelectorProvider provider = SubstrateUtil.cast(this, SelectorProvider.class);
        return SubstrateUtil.cast(
                new Target_sun_nio_ch_ReadySelector(provider), AbstractSelector.class);
    }
}
