/**
 * The forms in which clouds configure their guests, as cloud-init's documentation describes them:
 * user data that is {@code #cloud-config}, networks of versions 1 and 2, OpenStack's metadata, and
 * the places where they are found.
 *
 * <p>Of {@code #cloud-config} there are {@code write_files}, {@code mounts} and, of our own, {@code
 * cortado} with {@code arguments}, {@code properties}, {@code environment} and {@code mounts}. All
 * other modules are about an operating system, and are named in one line and left out; so are
 * scripts and messages of several parts. There are neither vendor data, nor Jinja templates, nor
 * URLs; of networks neither bonds, bridges, VLANs nor MTUs.
 */
package dev.cortado.runtime.configuration.cloud;
