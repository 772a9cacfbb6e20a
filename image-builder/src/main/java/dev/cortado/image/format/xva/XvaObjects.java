package dev.cortado.image.format.xva;

import static dev.cortado.image.format.xva.XapiValue.EMPTY_LIST;
import static dev.cortado.image.format.xva.XapiValue.EMPTY_MAP;
import static dev.cortado.image.format.xva.XapiValue.NO_REFERENCE;
import static dev.cortado.image.format.xva.XapiValue.flag;
import static dev.cortado.image.format.xva.XapiValue.list;
import static dev.cortado.image.format.xva.XapiValue.struct;
import static dev.cortado.image.format.xva.XapiValue.text;
import static dev.cortado.image.format.xva.XapiValue.time;

import dev.cortado.image.format.bytes.NameUuid;
import dev.cortado.image.format.hardware.VirtualHardware;
import java.util.List;

/**
 * The objects of a machine with a disk and a network card, with all fields of the XenAPI's classes
 * that an import reads (XenAPI, classes VM, VBD, VDI, SR, VIF and network).
 */
final class XvaObjects {
    static final String MACHINE = "Ref:0";
    static final String DRIVE = "Ref:1";
    static final String DISK = "Ref:2";
    static final String STORAGE = "Ref:3";
    static final String CARD = "Ref:4";
    static final String NETWORK = "Ref:5";

    private static final long MEBI = 1L << 20;

    private final VirtualHardware hardware;
    private final long diskBytes;

    XvaObjects(VirtualHardware hardware, long diskBytes) {
        this.hardware = hardware;
        this.diskBytes = diskBytes;
    }

    String render() {
        String version =
                struct(
                        "hostname", text("localhost"),
                        "date", text("1970-01-01"),
                        "product_version", text("7.0.0"),
                        "product_brand", text("Cortado"),
                        "build_number", text("0"),
                        "xapi_major", text("1"),
                        "xapi_minor", text("3"),
                        "export_vsn", text("2"));
        String objects =
                list(
                        List.of(
                                object("VM", MACHINE, machine()),
                                object("VBD", DRIVE, drive()),
                                object("VDI", DISK, disk()),
                                object("SR", STORAGE, storage()),
                                object("VIF", CARD, card()),
                                object("network", NETWORK, network())));
        return "<?xml version=\"1.0\"?>\n" + struct("version", version, "objects", objects) + "\n";
    }

    private static String object(String type, String id, String fields) {
        return struct("class", text(type), "id", text(id), "snapshot", fields);
    }

    private String uuid(String object) {
        return text(NameUuid.of("xva " + object, hardware.name()).toString());
    }

    private String machine() {
        String memory = text(Long.toString(hardware.memory() * MEBI));
        return struct(
                "uuid", text(hardware.id().toString()),
                "allowed_operations", EMPTY_LIST,
                "current_operations", EMPTY_MAP,
                "power_state", text("Halted"),
                "name_label", text(hardware.name()),
                "name_description", text("A program that runs without an operating system"),
                "user_version", text("1"),
                "is_a_template", flag(false),
                "suspend_VDI", NO_REFERENCE,
                "resident_on", NO_REFERENCE,
                "affinity", NO_REFERENCE,
                "memory_overhead", text("0"),
                "memory_target", text("0"),
                "memory_static_max", memory,
                "memory_dynamic_max", memory,
                "memory_dynamic_min", memory,
                "memory_static_min", memory,
                "VCPUs_params", EMPTY_MAP,
                "VCPUs_max", text("1"),
                "VCPUs_at_startup", text("1"),
                "actions_after_shutdown", text("destroy"),
                "actions_after_reboot", text("restart"),
                "actions_after_crash", text("destroy"),
                "consoles", EMPTY_LIST,
                "VIFs", list(List.of(text(CARD))),
                "VBDs", list(List.of(text(DRIVE))),
                "crash_dumps", EMPTY_LIST,
                "VTPMs", EMPTY_LIST,
                "PV_bootloader", text(""),
                "PV_kernel", text(""),
                "PV_ramdisk", text(""),
                "PV_args", text(""),
                "PV_bootloader_args", text(""),
                "PV_legacy_args", text(""),
                "HVM_boot_policy", text("BIOS order"),
                "HVM_boot_params", struct("order", text("c")),
                "HVM_shadow_multiplier", "<value><double>1</double></value>",
                "platform", platform(),
                "PCI_bus", text(""),
                "other_config", EMPTY_MAP,
                "domid", text("-1"),
                "domarch", text(""),
                "last_boot_CPU_flags", EMPTY_MAP,
                "is_control_domain", flag(false),
                "metrics", NO_REFERENCE,
                "guest_metrics", NO_REFERENCE,
                "last_booted_record", text(""),
                "recommendations", text(""),
                "xenstore_data", EMPTY_MAP,
                "ha_always_run", flag(false),
                "ha_restart_priority", text(""),
                "is_a_snapshot", flag(false),
                "snapshot_of", NO_REFERENCE,
                "snapshots", EMPTY_LIST,
                "snapshot_time", time(),
                "transportable_snapshot_id", text(""),
                "blobs", EMPTY_MAP,
                "tags", EMPTY_LIST,
                "blocked_operations", EMPTY_MAP,
                "snapshot_info", EMPTY_MAP,
                "snapshot_metadata", text(""),
                "parent", NO_REFERENCE,
                "children", EMPTY_LIST,
                "bios_strings", EMPTY_MAP);
    }

    /** No emulated network card: nobody has a driver for it. */
    private static String platform() {
        return struct(
                "acpi", text("1"),
                "apic", text("true"),
                "pae", text("true"),
                "nx", text("true"),
                "viridian", text("false"),
                "stdvga", text("0"),
                "device-model", text("qemu-upstream-compat"));
    }

    private String drive() {
        return struct(
                "uuid", uuid("VBD"),
                "allowed_operations", EMPTY_LIST,
                "current_operations", EMPTY_MAP,
                "VM", text(MACHINE),
                "VDI", text(DISK),
                "device", text(""),
                "userdevice", text("0"),
                "bootable", flag(true),
                "mode", text("RW"),
                "type", text("Disk"),
                "unpluggable", flag(false),
                "storage_lock", flag(false),
                "empty", flag(false),
                "other_config", EMPTY_MAP,
                "currently_attached", flag(false),
                "status_code", text("0"),
                "status_detail", text(""),
                "runtime_properties", EMPTY_MAP,
                "qos_algorithm_type", text(""),
                "qos_algorithm_params", EMPTY_MAP,
                "qos_supported_algorithms", EMPTY_LIST,
                "metrics", NO_REFERENCE);
    }

    private String disk() {
        return struct(
                "uuid", uuid("VDI"),
                "name_label", text(hardware.name()),
                "name_description", text(""),
                "allowed_operations", EMPTY_LIST,
                "current_operations", EMPTY_MAP,
                "SR", text(STORAGE),
                "VBDs", list(List.of(text(DRIVE))),
                "crash_dumps", EMPTY_LIST,
                "virtual_size", text(Long.toString(diskBytes)),
                "physical_utilisation", text(Long.toString(diskBytes)),
                "type", text("user"),
                "sharable", flag(false),
                "read_only", flag(false),
                "other_config", EMPTY_MAP,
                "storage_lock", flag(false),
                "location", uuid("VDI"),
                "managed", flag(true),
                "missing", flag(false),
                "parent", NO_REFERENCE,
                "xenstore_data", EMPTY_MAP,
                "sm_config", EMPTY_MAP,
                "is_a_snapshot", flag(false),
                "snapshot_of", NO_REFERENCE,
                "snapshots", EMPTY_LIST,
                "snapshot_time", time(),
                "tags", EMPTY_LIST);
    }

    private String storage() {
        return struct(
                "uuid", uuid("SR"),
                "name_label", text("Local storage"),
                "name_description", text(""),
                "allowed_operations", EMPTY_LIST,
                "current_operations", EMPTY_MAP,
                "VDIs", list(List.of(text(DISK))),
                "PBDs", EMPTY_LIST,
                "virtual_allocation", text(Long.toString(diskBytes)),
                "physical_utilisation", text("-1"),
                "physical_size", text("-1"),
                "type", text("ext"),
                "content_type", text("user"),
                "shared", flag(false),
                "other_config", EMPTY_MAP,
                "tags", EMPTY_LIST,
                "default_vdi_visibility", flag(true),
                "sm_config", EMPTY_MAP,
                "blobs", EMPTY_MAP);
    }

    private String card() {
        return struct(
                "uuid", uuid("VIF"),
                "allowed_operations", EMPTY_LIST,
                "current_operations", EMPTY_MAP,
                "device", text("0"),
                "network", text(NETWORK),
                "VM", text(MACHINE),
                "MAC", text(""),
                "MTU", text("1500"),
                "other_config", EMPTY_MAP,
                "currently_attached", flag(false),
                "status_code", text("0"),
                "status_detail", text(""),
                "runtime_properties", EMPTY_MAP,
                "qos_algorithm_type", text(""),
                "qos_algorithm_params", EMPTY_MAP,
                "qos_supported_algorithms", EMPTY_LIST,
                "metrics", NO_REFERENCE,
                "MAC_autogenerated", flag(true));
    }

    private String network() {
        return struct(
                "uuid",
                uuid("network"),
                "name_label",
                text("Pool-wide network associated with eth0"),
                "name_description",
                text(""),
                "allowed_operations",
                EMPTY_LIST,
                "current_operations",
                EMPTY_MAP,
                "VIFs",
                list(List.of(text(CARD))),
                "PIFs",
                EMPTY_LIST,
                "MTU",
                text("1500"),
                "other_config",
                EMPTY_MAP,
                "bridge",
                text("xenbr0"),
                "blobs",
                EMPTY_MAP,
                "tags",
                EMPTY_LIST);
    }
}
