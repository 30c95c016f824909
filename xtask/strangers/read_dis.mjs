// DIS, read by open-dis: CAPTURE MODULES. One message a line, as JSON in the words of read_dis.py.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [capture, modules] = process.argv.slice(2);
const dis = createRequire(join(modules, "x.js"))("open-dis/dist/dis7.min.js");
const file = readFileSync(capture);
// Octets before a message: Ethernet, IPv4, UDP.
const HEADERS = 42;
const ids = (of) => [of.siteID, of.applicationID, of.entityID];

function said(octets) {
  const buffer = octets.buffer.slice(octets.byteOffset, octets.byteOffset + octets.length);
  const kind = octets[2];
  // Its reader of emissions does not follow the standard, and it has none of IFF.
  if (kind > 3) return { kind };
  const pdu = new dis.PduFactory().createPdu(buffer);
  const all = { kind: pdu.pduType, version: pdu.protocolVersion, exercise: pdu.exerciseID };
  if (kind === 1) {
    const { entityID: id, entityLocation: place, entityLinearVelocity: going } = pdu;
    Object.assign(all, { id: ids(id), place: [place.x, place.y, place.z], velocity: [going.x, going.y, going.z], force: pdu.forceId });
  }
  if (kind === 2) {
    all.ids = [pdu.firingEntityID, pdu.targetEntityID, pdu.munitionExpendibleID].map(ids);
  }
  if (kind === 3) {
    all.ids = [pdu.firingEntityID, pdu.targetEntityID, pdu.explodingEntityID].map(ids);
    all.result = pdu.detonationResult;
  }
  return all;
}

for (let at = 24; at < file.length; ) {
  const length = file.readUInt32LE(at + 8);
  console.log(JSON.stringify(said(file.subarray(at + 16 + HEADERS, at + 16 + length))));
  at += 16 + length;
}
