import { personCalled } from '../pages/ways';
import { expect, test } from '../test';

const other = 'grace.amoah.13@demonstration.example';
const nobody = '/people/zzzzzzzz/registration';

test('somebody says with whom they would like to be, whoever forms groups keeps two together, and nobody else reads any of it', async ({ page, signInAs }) => {
  await signInAs('practitioner');
  await page.goto('/me/registration');
  await page.getByRole('link', { name: 'Change (People you would like to be with)' }).click();
  const wished = page.getByRole('textbox', { name: 'People you would like to be in a group with (optional)' });
  await wished.fill('Jo from the team');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await expect(page.getByRole('alert')).toContainText('Enter work emails alone, one on a line, at most 3.');
  await expect(wished).toHaveValue('Jo from the team');
  // Whether somebody has this address is not told.
  await wished.fill(`nobody.here@demonstration.example\n${other}`);
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved. Please check your answers, and say that they are right.');
  await page.getByRole('button', { name: 'They are right' }).click();

  await signInAs('coordinator');
  const graces = await personCalled('Amoah, Grace', '/registration')(page);
  const aminas = await personCalled('Rahman, Amina', '/registration')(page);
  await page.goto(aminas);
  await expect(page.getByRole('region', { name: 'Their answers' })).toContainText(`nobody.here@demonstration.example, ${other}`);
  const together = page.getByRole('region', { name: 'Kept together with' });
  await expect(together).toContainText('Nobody.');
  const email = together.getByRole('textbox', { name: 'The work email of the other' });
  await email.fill('nobody.here@demonstration.example');
  await together.getByRole('button', { name: 'Keep together' }).click();
  await expect(page.getByRole('alert')).toContainText('Nobody here has this work email.');
  await expect(email).toHaveValue('nobody.here@demonstration.example');
  await email.fill('supervisor@demonstration.example');
  await together.getByRole('button', { name: 'Keep together' }).click();
  await expect(page.getByRole('alert')).toContainText('Whoever has this work email is neither.');
  await expect(email).toHaveValue('supervisor@demonstration.example');
  await email.fill(other);
  await together.getByRole('button', { name: 'Keep together' }).click();
  await expect(page.getByRole('status')).toHaveText('They are placed together where it can be. Neither of them is told.');
  await expect(together.getByRole('listitem')).toHaveCount(1);

  // Neither the other’s page is there for her, nor hers for whoever leads her group.
  for (const [role, address] of [['practitioner', graces], ['supervisor', aminas]] as const) {
    await signInAs(role);
    const told: string[] = [];
    for (const asked of [address, nobody]) {
      const answer = await page.goto(asked);
      expect(answer?.status(), asked).toBe(404);
      told.push(await page.getByRole('main').innerText());
    }
    expect(told[0], role).toContain('Page not found');
    expect(told[0], role).toEqual(told[1]);
  }

  await signInAs('coordinator');
  await page.goto(aminas);
  await expect(together.getByRole('listitem')).toHaveCount(1);
  await together.getByRole('button', { name: /^Remove/ }).click();
  await expect(page.getByRole('status')).toHaveText('They are placed as it comes.');
  await expect(together).toContainText('Nobody.');
});

test('a round keeps people together as usual, and asks for fresh company where a coordinator wants it', async ({ page, signInAs }) => {
  await signInAs('coordinator');
  await page.goto('/matching/new');
  await page.getByRole('textbox', { name: /^What is it called/ }).fill('Fresh company');
  await page.getByText('How much everything else counts').click();
  const together = page.getByRole('slider', { name: /^Each person who is without one with whom they are kept together/ });
  await expect(together).toHaveAccessibleDescription(/As usual 100/);
  await expect(together).toHaveValue('2');
  const fresh = page.getByRole('slider', { name: /^Each person who is with one whom they know from a group before/ });
  await expect(fresh).toHaveAccessibleDescription(/Not at all 0.*As usual 20/);
  await expect(fresh).toHaveValue('0');
  await fresh.press('ArrowRight');
  await fresh.press('ArrowRight');
  await page.getByRole('button', { name: 'Start the round' }).click();
  await expect(page.getByRole('status')).toHaveText('The round is started. Nobody is told anything of it.');
  await page.getByRole('link', { name: 'Rules and weights' }).click();
  await expect(page.getByRole('row', { name: /^Each person who is without one with whom they are kept together/ })).toHaveText(/100\s*As usual/);
  await expect(page.getByRole('row', { name: /^Each person who is with one whom they know from a group before/ })).toHaveText(/20\s*As usual/);
});
