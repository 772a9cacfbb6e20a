package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.jdk.management.ManagementSupport;
import java.lang.management.OperatingSystemMXBean;

/** The bean of the operating system is the one with memory and load, as on Linux. */
@TargetClass(value = ManagementSupport.class, onlyWith = ManagementMetadata.IsComplete.class)
final class Target_com_oracle_svm_core_jdk_management_ManagementSupport {
    @Alias private OperatingSystemMXBean osMXBean;

    @Substitute
    private synchronized OperatingSystemMXBean getOsMXBean() {
        if (osMXBean == null) {
            osMXBean =
                    SubstrateUtil.cast(
                            new Target_com_sun_management_internal_OperatingSystemImpl(null),
                            OperatingSystemMXBean.class);
        }
        return osMXBean;
    }
}
