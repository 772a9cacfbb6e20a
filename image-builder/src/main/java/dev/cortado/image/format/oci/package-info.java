/**
 * Container images for KubeVirt, which holds machines in them (OCI, Image Format Specification 1.1,
 * "Image Layout"; KubeVirt, "Disks and Volumes" and "Booting from external source").
 */
package dev.cortado.image.format.oci;
